"""What is wrong in a city's files, as a sentence with file and line that the person who edits them can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "file.missing": ("找不到文件，请补上", "The file is missing; add it"),
    "file.gb18030": (
        "文件是 GB18030（GBK）编码，请在 WPS 或 Excel 里另存为“CSV UTF-8”再导入",
        "The file is encoded in GB18030 (GBK); save it as “CSV UTF-8” and load again",
    ),
    "file.encoding": ("文件不是 UTF-8 编码，无法读取，请重新另存", "The file is not UTF-8; save it again"),
    "file.empty": ("文件里没有表头，请按说明补上第一行", "The file has no header row; add it"),
    "file.toml": ("格式有误：{detail}", "Malformed: {detail}"),
    "header.missing": ("缺少“{column}”列，请补上", "The column {column} is missing; add it"),
    "header.unknown": ("表头里的“{column}”不认识，请改正或删除该列", "Unknown column {column}; mend or remove it"),
    "header.repeated": ("表头里“{column}”出现了两次", "The column {column} stands twice in the header"),
    "row.width": ("这一行有{found}格，表头只有{expected}列", "This row has {found} cells, the header {expected}"),
    "cell.empty": ("“{column}”不能为空", "{column} must not be empty"),
    "cell.long": ("“{column}”超过{limit}个字", "{column} is longer than {limit} characters"),
    "cell.code": (
        "“{column}”的“{value}”不是有效代码，应为{form}",
        "{column}: {value} is not a code of the form {form}",
    ),
    "cell.choice": ("“{column}”的“{value}”不在可选范围：{choices}", "{column}: {value} is none of {choices}"),
    "cell.date": (
        "“{column}”的“{value}”不是日期，应写成 2021-03-15",
        "{column}: {value} is not a date; write 2021-03-15",
    ),
    "cell.number": (
        "“{column}”的“{value}”应为{low}至{high}的整数",
        "{column}: {value} must be between {low} and {high}",
    ),
    "row.repeated": ("“{value}”重复，第{first}行已经有了", "{value} is repeated; line {first} has it already"),
    "row.dates": ("停用日期必须晚于启用日期", "The end must come after the start"),
    "row.overlap": ("“{value}”的起止日期与第{first}行重叠", "{value}: the dates overlap those of line {first}"),
    "unit.unknown": ("“{column}”的单位“{value}”不在 units.csv 里", "{column}: unit {value} is not in units.csv"),
    "unit.cycle": ("单位“{value}”的上级关系在{day}绕成了圈", "Unit {value} stands above itself on {day}"),
    "unit.not_ended": (
        "单位“{value}”没有撤销，不能写承接单位；改名、换上级请用同一个单位代码另起一行",
        "Unit {value} has not ended and has no successor; for a new name or parent add a row with the same code",
    ),
    "unit.successor_away": (
        "承接单位“{value}”在{day}还没有启用或者已经停用",
        "The successor {value} is not there on {day}",
    ),
    "unit.self": ("单位“{value}”的行业主管不能是自己", "Unit {value} cannot guide itself"),
    "region.unknown": (
        "“{column}”的区划“{value}”不在 regions.csv 里",
        "{column}: region {value} is not in regions.csv",
    ),
    "region.level": (
        "“{value}”是{level}，它的上级区划应当是{expected}",
        "{value} is a {level}; the region around it must be a {expected}",
    ),
    "category.unknown": (
        "“{column}”的分类“{value}”不在 categories.csv 里",
        "{column}: category {value} is not in categories.csv",
    ),
    "category.parent": (
        "“{value}”的上级分类“{parent}”不存在",
        "{value}: the category {parent} above it does not exist",
    ),
    "category.leafless": (
        "二级分类“{value}”下面没有三级分类，派单时无法选择",
        "{value} has no third level to dispatch on",
    ),
    "directory.wrong": ("{zh}", "{en}"),
    "words.form": (
        "“词语”写法有误：{value}；同义词用“、”隔开，须同时出现的用“；”隔开，不能有空的",
        "The words “{value}” are malformed: separate alternatives and groups by Chinese comma and semicolon",
    ),
    "vocabulary.unknown": ("“{value}”不是系统认识的代码", "{value} is not a code the rules know"),
    "vocabulary.missing": ("缺少系统需要的代码“{value}”，请补上这一行", "The code {value} is needed; add its row"),
    "city.missing": ("缺少“{name}”，请补上", "{name} is missing; add it"),
    "city.wrong": ("“{name}”的值不对，应为{form}", "{name} is wrong; it must be {form}"),
    "city.unknown": ("“{name}”不认识，请改正或删除", "{name} is unknown; mend or remove it"),
    "city.hours": ("上班时间应按先后排列，且下班晚于上班", "Office hours must be in order, each end after its start"),
    "profile.wrong": ("{detail}", "{detail}"),
    "profile.repeated": ("规则方案“{value}”与{first}重复", "Rule profile {value} repeats {first}"),
    "profile.unknown": (
        "没有名为“{value}”的规则方案，请检查 profiles 目录",
        "There is no rule profile {value} in profiles",
    ),
    "profile.frozen": (
        "规则方案“{value}”已经生效，内容不能再改；请改用新的版本号",
        "Rule profile {value} is in force and cannot change; give the new rules a new version",
    ),
    "profile.reason": (
        "规则方案“{profile}”的暂停理由“{value}”不在 reasons.csv 的“暂停计时”清单里",
        "Rule profile {profile}: the pause reason {value} is not in reasons.csv",
    ),
    "load.busy": ("另一次导入正在进行，请稍后再试", "Another load is running; try again later"),
}


@dataclass(frozen=True)
class Problem:
    """One thing to mend before anything is loaded."""

    file: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    line: int = 0

    def sentence(self, lang: str = "zh") -> str:
        """File, line and what to do, in Chinese or English."""
        zh, en = SENTENCES[self.code]
        if lang.startswith("en"):
            where = f"{self.file}, line {self.line}" if self.line else self.file
            return f"{where}: {en.format(**self.params)}."
        where = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{where}：{zh.format(**self.params)}。"


class BadCell(Exception):
    """A cell that cannot be read: which sentence says so."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params
