"""What can be wrong with a file, a mapping or a row, as sentences that say what to do about it.

Whoever moves a city from its old system works through these; no row is ever left out without one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # the file
    "file.empty": ("文件里没有内容。", "The file is empty."),
    "file.encoding_unknown": (
        "对照文件里写的编码“{encoding}”不存在，请写 utf-8 或 gb18030。",
        "There is no encoding “{encoding}”; write utf-8 or gb18030 in the mapping.",
    ),
    "file.header_blank": (
        "表头第 {place} 列没有名称，请补上或删去该列。",
        "Column {place} of the header has no name; name it or remove the column.",
    ),
    "file.header_repeated": (
        "表头里“{name}”出现了不止一次，请改名。",
        "The header names “{name}” more than once; rename one.",
    ),
    "file.column_missing": (
        "文件里没有对照文件所写的列“{name}”；现有：{columns}。",
        "The file has no column “{name}”, which the mapping names; it has {columns}.",
    ),
    # the mapping
    "mapping.not_toml": ("对照文件读不懂：{reason}", "The mapping cannot be read: {reason}"),
    "mapping.missing": ("对照文件缺少“{path}”。", "The mapping lacks “{path}”."),
    "mapping.unknown": (
        "对照文件里不认识“{path}”，请核对拼写；此处可用：{choices}。",
        "The mapping does not know “{path}”; check the spelling. Here you may use {choices}.",
    ),
    "mapping.not_text": ("“{path}”应写成带引号的文字。", "“{path}” must be text in quotes."),
    "mapping.not_a_list": (
        "“{path}”应写成列名，或方括号里的几个列名。",
        "“{path}” must be a column or a list of them.",
    ),
    "mapping.not_a_table": ("“{path}”应当是一组设置。", "“{path}” must be a table of settings."),
    "mapping.not_yes_or_no": ("“{path}”应为 true 或 false。", "“{path}” must be true or false."),
    "mapping.not_a_choice": (
        "“{path}”的取值“{value}”不可用，可选：{choices}。",
        "“{path}” cannot be “{value}”; choose from {choices}.",
    ),
    "mapping.not_a_time": ("“{path}”应写成“09:00”这样的时刻。", "“{path}” must be a time of day such as 09:00."),
    "mapping.too_long": ("“{path}”最多 {limit} 字。", "“{path}” may have {limit} characters."),
    "mapping.needs_reply": (
        "写了 state.closed_when，就要写 fields.reply，否则旧答复会丢失。",
        "With state.closed_when there must be fields.reply, or old replies would be lost.",
    ),
    # a row
    "row.bad_quoting": (
        "引号不配对或位置不对，这一行没法分列。请改正引号后重新导入本行。",
        "The quotes do not pair up, so this line cannot be divided. Mend them and import the line again.",
    ),
    "row.too_few": (
        "应有 {wanted} 列，只有 {found} 列。请补齐。",
        "There should be {wanted} columns and are {found}. Add what is missing.",
    ),
    "row.too_many": (
        "应有 {wanted} 列，却有 {found} 列。含逗号的文字要加引号。",
        "There should be {wanted} columns and are {found}. Text with commas needs quotes.",
    ),
    "row.bad_bytes": (
        "“{column}”里有认不出的字节，可能混入了别的编码。请改正。",
        "“{column}” holds bytes of another encoding. Mend them.",
    ),
    "row.nul": ("“{column}”里有空字符，无法保存。请删去。", "“{column}” holds a NUL character. Remove it."),
    "row.no_id": (
        "“{column}”为空：没有来源编号就无法防止重复导入。",
        "“{column}” is blank: without a number the row could be imported twice.",
    ),
    "row.id_too_long": ("来源编号超过 {limit} 个字符。", "The source number has more than {limit} characters."),
    "row.no_words": ("标题和内容都是空的。", "Title and content are both blank."),
    "row.content_too_long": (
        "内容有 {length} 字，最多 {limit} 字。请拆分或删节后重新导入。",
        "The content has {length} characters; {limit} are allowed. Divide or shorten it.",
    ),
    "row.reply_too_long": (
        "答复有 {length} 字，最多 {limit} 字。请拆分或删节后重新导入。",
        "The reply has {length} characters; {limit} are allowed. Divide or shorten it.",
    ),
    "row.requester_too_long": (
        "“{column}”有 {length} 字，最多 {limit} 字。",
        "“{column}” has {length} characters; {limit} are allowed.",
    ),
    "row.not_in_table": (
        "“{column}”的取值“{value}”不在对照表里，也没有写默认值。",
        "“{column}” is “{value}”, which is not in the mapping's table, and there is no default.",
    ),
    "row.no_date": ("“{column}”为空：旧工单要有受理时间。", "“{column}” is blank: an old request needs its date."),
    "row.bad_date": (
        "“{column}”的取值“{value}”不是所写格式（{formats}）的时间。",
        "“{column}” is “{value}”, which is not a time in the form {formats}.",
    ),
    "row.date_out_of_range": (
        "“{column}”的时间“{value}”早于 1980 年或晚于现在。",
        "“{column}” is “{value}”: before 1980 or after now.",
    ),
    "row.closed_before_accepted": ("办结时间早于受理时间。", "It was closed before it was accepted."),
    "row.not_a_number": (
        "“{column}”的取值“{value}”不是 0 至 {most} 的整数。",
        "“{column}” is “{value}”, not a whole number from 0 to {most}.",
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code and the values its sentence needs, never a citizen's words."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """The problem in Chinese or English."""
        return SENTENCES[self.code][lang == "en"].format(**self.params)

    def __str__(self) -> str:
        """In both languages, for terminals and error files."""
        return f"{self.sentence('zh')} / {self.sentence('en')}"


class ImportRefused(Exception):
    """Nothing was imported, since file or mapping cannot be used. `problems` names everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
