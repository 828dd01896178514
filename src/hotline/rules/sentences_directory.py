"""Sentences about the dispatch directory: why it answers so, and what is wrong with its file.

Dispatchers and units read the first kind, whoever keeps and signs the directory the second.
"""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "route.category_heard": ("听到{words}，归为{category}", "heard {words}, taken as {category}"),
    "route.region_heard": ("地点说到“{word}”", "the place is given as “{word}”"),
    "route.managed": ("当地由{unit}管理", "the place is managed by {unit}"),
    "route.words": ("说到{words}", "the text says {words}"),
    "route.place": ("发生在{places}", "it happens at: {places}"),
    "route.hours": ("时间{time}在{hours}之间", "{time} lies within {hours}"),
    "route.fact": ("已知：{fact}", "known: {fact}"),
    "route.fact_not": ("已知：并非“{fact}”", "known: not so: {fact}"),
    "route.line": ("依目录第{rule}条“{title}”", "by line {rule} of the directory, “{title}”"),
    "route.ruling": ("依裁定{source}（目录第{rule}条“{title}”）", "by ruling {source} (line {rule}, “{title}”)"),
    "route.leads": ("由{unit}主办", "{unit} leads"),
    "route.local_leads": ("属地事项，由{unit}主办", "a matter of the place: {unit} leads"),
    "route.elsewhere": (
        "不派承办单位，请这样引导：{note}",
        "no unit is named; show the citizen the way: {note}",
    ),
    "route.outside": (
        "说的是外地的事，本市没有承办单位；请引导拨打当地12345",
        "the matter lies in another city; give the citizen that city’s 12345",
    ),
    "route.missing_category": (
        "听不出是哪类事项，请选择事项分类后再查",
        "the text does not tell the category; choose one and ask again",
    ),
    "route.missing_region": (
        "要看在哪里，请补上区划后再查",
        "it depends on the place; fill in the region and ask again",
    ),
    "route.missing_text": (
        "要看具体情形，请由派单员看过内容再派",
        "it depends on the circumstances; a dispatcher has to read the text",
    ),
    "route.wavering": (
        "听来像几类事项（{codes}），各归不同单位，请选定事项分类后再查",
        "the text fits several categories ({codes}) of different units; choose one and ask again",
    ),
    "route.silent": (
        "目录里没有关于分类{category}的规定，请派单员确定，或者提请补充目录",
        "the directory has no line for category {category}; a dispatcher decides, or proposes a line",
    ),
    "route.at_odds": (
        "目录里几条同样具体的规定各指一家：{claims}；请派单员协调，或者提请会办",
        "lines of equal weight name different units: {claims}; let a dispatcher mediate or a panel rule",
    ),
    "directory.header_missing": ("缺少“{column}”列，请补上", "the column {column} is missing; add it"),
    "directory.header_unknown": (
        "表头里的“{column}”不认识，请改正或删除该列",
        "unknown column {column}; mend or remove it",
    ),
    "directory.cell_missing": ("“{column}”不能为空，请填写", "{column} must not be empty; fill it in"),
    "directory.id_form": (
        "规则编号“{value}”应为分类加序号，如 0401-7",
        "{value} is no rule number; write a category and a number, such as 0401-7",
    ),
    "directory.id_strange": (
        "规则编号“{value}”的分类与“事项分类”一列不符，请改其中之一",
        "rule {value} is numbered under a category it is not about; change one of the two",
    ),
    "directory.version_form": ("版本“{value}”应为1以上的整数", "version {value} must be a whole number from 1"),
    "directory.category_form": (
        "事项分类“{value}”应为2位、4位或6位数字",
        "category {value} must have 2, 4 or 6 digits",
    ),
    "directory.category_unknown": (
        "分类“{value}”不在事项分类里，请改正",
        "there is no category {value}; correct it",
    ),
    "directory.words_form": (
        "“词语”写法有误：{value}；同义词用“、”隔开，须同时出现的用“；”隔开，不能有空的",
        "the words “{value}” are malformed: divide alternatives by Chinese commas, groups by semicolons",
    ),
    "directory.hours_form": ("时段“{value}”应写成 22:00-06:00", "hours {value} must be written like 22:00-06:00"),
    "directory.place_unknown": (
        "场所“{value}”不在目录用语里，请改正，或者请系统管理员先在目录用语文件里补上",
        "there is no kind of place {value} in the city’s words; correct it, or have it added there first",
    ),
    "directory.condition_unknown": (
        "条件“{value}”不在目录用语里，请改正，或者请系统管理员先在目录用语文件里补上",
        "there is no condition {value} in the city’s words; correct it, or have it added there first",
    ),
    "directory.region_form": ("区划“{value}”应为6位、9位或12位数字", "region {value} must have 6, 9 or 12 digits"),
    "directory.region_unknown": (
        "区划“{value}”不在区划名单里，请改正",
        "there is no region {value}; correct it",
    ),
    "directory.unit_unknown": (
        "“{column}”的单位“{value}”不在单位名录里，请写单位简称",
        "{column}: there is no unit {value}; write its short name",
    ),
    "directory.unit_closed": (
        "“{column}”的单位“{value}”自{day}起已撤销，请改派给承接它职责的单位，或者给规则填停用日期",
        "{column}: unit {value} ends on {day}; name its successor, or let the rule end by then",
    ),
    "directory.co_form": (
        "协办“{value}”应写成 协办:单位、督导:单位 或者 抄送:单位，任务写在括号里，如 协办:市城管局（处罚｜查实违法）",
        "co-unit {value} must be written as role, colon and unit, its task and outcome in brackets",
    ),
    "directory.co_repeated": (
        "单位“{value}”既主办又协办，或者协办了两次，请删去一处",
        "unit {value} stands twice among lead and co-units; remove one",
    ),
    "directory.note_missing": (
        "主办写“引导”的，须在“说明”里写明引导到哪里",
        "a rule that only shows the way must say in its note where to",
    ),
    "directory.date_form": (
        "“{column}”的“{value}”不是日期，应写成 2021-03-15",
        "{column}: {value} is no date; write 2021-03-15",
    ),
    "directory.dates_reversed": ("停用日期必须晚于启用日期，请改正", "the end must come after the start; correct it"),
    "directory.repeated": (
        "规则{value}第{first}行已经有了，请改编号或者版本",
        "rule {value} stands in line {first} already; change its number or version",
    ),
    "directory.overlap": (
        "规则{value}的起止日期与第{first}行的另一版本重叠，请给旧版本填停用日期",
        "the dates of rule {value} overlap those of its version in line {first}; let the older one end",
    ),
    "directory.overlap_kept": (
        "规则{value}的起止日期与目录里的其他版本（第{versions}版）重叠，请同时给旧版本填停用日期",
        "the dates of rule {value} overlap those of another of its versions ({versions}); let the older one end too",
    ),
    "directory.too_long": ("“{column}”最多{most}个字，请写短一些", "{column} holds {most} characters; make it shorter"),
    "directory.file_large": (
        "文件太大，读不了；请只留下要改的行再上传",
        "the file is too large; keep only the lines that change and hand it in again",
    ),
    "directory.file_unreadable": (
        "这个文件读不了；请在表格软件里另存为“CSV UTF-8”再上传",
        "the file cannot be read; save it as CSV UTF-8 and hand it in again",
    ),
    "directory.no_lines": (
        "没有内容；请选择目录文件，或者粘贴含表头的几行",
        "nothing was handed in; choose a file, or paste lines with their headers",
    ),
    "directory.rule_unknown": (
        "目录里没有规则{value}。请回到派单目录核对编号。",
        "There is no rule {value}. Look it up in the directory.",
    ),
    "directory.from_ruling": (
        "规则{value}来自裁定{source}，不在这里改；请到先例里提出质疑、续期或者撤销",
        "rule {value} comes from ruling {source} and is not changed here; challenge, renew or withdraw the precedent",
    ),
    "directory.version_rewritten": (
        "{value}已经公布，只能改停用日期；内容要改，请另起一行，版本写{next}",
        "{value} is published: only its last day can change; write what is new in a line of its own, version {next}",
    ),
    "directory.end_passed": (
        "{value}的停用日期（原来的或者新的）已经过去，请改为今天或者以后，过去的日子不能改",
        "the end of {value}, old or new, has passed; choose today or later, as days gone by cannot change",
    ),
    "directory.start_passed": (
        "{value}的启用日期应为{day}或者以后，请改正；已经过去的日子按原来的规则",
        "{value} must begin on {day} or later; days gone by keep the rules they had",
    ),
    "directory.version_low": (
        "{value}的版本号已经用过，请改为{next}",
        "the version of {value} was used before; write {next}",
    ),
}
