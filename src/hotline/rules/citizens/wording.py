"""The words of each kind of message, and what the office must keep to when it writes its own.

A text names its blanks in braces; which ones a kind may use stands here. Words of the trade that no citizen
understands are refused. What is told of a confidential ticket may say nothing of its matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from hotline.rules.citizens.kinds import Kind
from hotline.rules.messages import Refusal

LONGEST: Final = 300
"""Signs of a text before its blanks are filled: five short messages at most."""
LONGEST_ANSWER: Final = 200
LONGEST_TITLE: Final = 24

ALWAYS: Final = frozenset({"hotline", "number", "tail", "title"})
BLANKS: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.RECEIVED: ALWAYS | {"due"},
    Kind.DECLINED: ALWAYS,
    Kind.JOINED: ALWAYS | {"other"},
    Kind.HANDED: ALWAYS | {"unit", "due"},
    Kind.MOVED: ALWAYS | {"unit", "due"},
    Kind.DISPUTED: ALWAYS,
    Kind.CONVENED: ALWAYS,
    Kind.FIRST: ALWAYS | {"unit", "due"},
    Kind.STAYS: ALWAYS | {"unit", "due"},
    Kind.ESCALATED: ALWAYS,
    Kind.INTERIM: ALWAYS | {"unit", "answer"},
    Kind.EXTENDED: ALWAYS | {"unit", "due"},
    Kind.LATER: ALWAYS | {"due"},
    Kind.PAUSED: ALWAYS,
    Kind.RESUMED: ALWAYS | {"due"},
    Kind.PARKED: ALWAYS | {"day"},
    Kind.STILL_PARKED: ALWAYS | {"day"},
    Kind.UNPARKED: ALWAYS | {"unit", "due"},
    Kind.ANSWERED: ALWAYS | {"unit", "answer"},
    Kind.REOPENED: ALWAYS | {"unit", "due"},
    Kind.UNREACHED: ALWAYS,
    Kind.CLOSED: ALWAYS,
}
"""What may be filled in, by kind."""

WITHOUT_MATTER: Final = frozenset({"hotline", "tail", "due"})
"""What may be filled in where the matter must not show."""

JARGON: Final[Mapping[str, str]] = {
    "工单": "编号",
    "派单": "交给……办理",
    "转办": "交给……办理",
    "签收": "接手",
    "承办单位": "单位名称",
    "主办单位": "单位名称",
    "退单": "换一个单位办理",
    "改派": "改由……办理",
    "挂账": "暂时办不成，列入计划",
    "销号": "可以继续办理了",
    "督办": "督促",
    "催办": "催促",
    "重办": "重新办理",
    "办结": "办完",
    "审核": "核对",
    "环节": "办到哪一步",
    "时限": "最迟哪一天",
    "中止": "暂停",
    "并单": "合在一起办理",
}
"""Words inside the office, and what citizens say instead."""


@dataclass(frozen=True)
class Wording:
    """How a kind is said: switched on or off, in Chinese and English, and what little is said of confidential ones."""

    on: bool
    zh: str
    en: str
    secret_zh: str = ""
    secret_en: str = ""

    def text(self, lang: str, *, secret: bool) -> str:
        """The text for a reader; blank where nothing is to be said."""
        chosen = (self.secret_zh, self.secret_en) if secret else (self.zh, self.en)
        return chosen[1] if lang == "en" and chosen[1] else chosen[0]


def _said(zh: str, en: str) -> Wording:
    return Wording(True, f"【{{hotline}}】{zh}", f"[{{hotline}}] {en}")


DEFAULTS: Final[Mapping[Kind, Wording]] = {
    Kind.RECEIVED: _said(
        "您反映的“{title}”已经受理，编号{number}，{due}。想了解进展，请拨打12345。",
        "We have taken in your request “{title}”, number {number}; {due}. For news ring 12345.",
    ),
    Kind.DECLINED: _said(
        "您反映的“{title}”不属于热线受理的范围，应当找谁、走什么渠道，请拨打12345，我们告诉您。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) is not for this hotline. Ring 12345 and we tell you who can help.",
    ),
    Kind.JOINED: _said(
        "您反映的“{title}”与先前收到的另一件是同一件事，已合在一起办理，结果会告诉您。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) is about the same matter as an earlier one; both are handled together"
        " and you will be told the result.",
    ),
    Kind.HANDED: _said(
        "您反映的“{title}”已由{unit}接手，{due}。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) is now with {unit}; {due}.",
    ),
    Kind.MOVED: _said(
        "您反映的“{title}”改由{unit}办理，{due}。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) has passed to {unit}; {due}.",
    ),
    Kind.DISPUTED: _said(
        "您反映的“{title}”涉及几个部门，由谁负责正在商定，我们会盯住，定下来马上告诉您。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) touches several departments. Who takes it is being settled; we stay on"
        " it and tell you at once.",
    ),
    Kind.CONVENED: _said(
        "您反映的“{title}”，我们已召集有关部门一起商定由谁负责，结果会马上告诉您。编号尾数{tail}。",
        "We have called the departments together to settle who takes your request “{title}” (ending {tail}). You will"
        " hear from us at once.",
    ),
    Kind.FIRST: _said(
        "您反映的“{title}”先由{unit}办理，{due}；今后由谁负责，我们同时商定，不耽误您的事。编号尾数{tail}。",
        "{unit} begins with your request “{title}” (ending {tail}); {due}. Who keeps it is settled meanwhile, at no"
        " cost of time to you.",
    ),
    Kind.STAYS: _said(
        "您反映的“{title}”，经几个部门商定，由{unit}负责到底，{due}。编号尾数{tail}。",
        "The departments have settled that {unit} keeps your request “{title}” (ending {tail}); {due}.",
    ),
    Kind.ESCALATED: _said(
        "您反映的“{title}”，几个部门意见不一，我们已报请市政府领导协调，定下来马上告诉您。编号尾数{tail}。",
        "The departments differ on your request “{title}” (ending {tail}). We have asked the city government to decide"
        " and tell you at once.",
    ),
    Kind.INTERIM: _said(
        "您反映的“{title}”，{unit}先答复您：{answer} 事情还在办，办好后再告诉您。编号尾数{tail}。",
        "On your request “{title}” (ending {tail}) {unit} says so far: {answer} Work goes on; you will hear from us.",
    ),
    Kind.EXTENDED: _said(
        "您反映的“{title}”情况比较复杂，需要多一些时间，{due}，请您谅解。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) needs more time; {due}. We ask for your patience.",
    ),
    Kind.LATER: _said(
        "您反映的“{title}”答复日期有变动，{due}。编号尾数{tail}。",
        "The date for your request “{title}” (ending {tail}) has changed; {due}.",
    ),
    Kind.PAUSED: _said(
        "您反映的“{title}”要等一些材料或者手续，暂停几天，可以办时马上继续。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) waits for papers and rests for some days; it goes on as soon as"
        " possible.",
    ),
    Kind.RESUMED: _said(
        "您反映的“{title}”已经继续办理，{due}。编号尾数{tail}。",
        "Work on your request “{title}” (ending {tail}) goes on; {due}.",
    ),
    Kind.PARKED: _said(
        "您反映的“{title}”眼下还不具备条件，已列入计划，{day}前再研究一次并告诉您。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) can’t be solved yet. It is planned for and looked at again by {day}.",
    ),
    Kind.STILL_PARKED: _said(
        "您反映的“{title}”我们又研究了一次，目前还不具备条件，继续按计划推进，{day}前再研究并告诉您。编号尾数{tail}。",
        "We looked at “{title}” (ending {tail}) again. It can’t be solved yet; the plan goes on, and it is looked at"
        " again by {day}.",
    ),
    Kind.UNPARKED: _said(
        "您反映的“{title}”现在有条件办了，由{unit}继续办理，{due}。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) can go on now with {unit}; {due}.",
    ),
    Kind.ANSWERED: _said(
        "您反映的“{title}”已有答复，想听详细内容请拨打12345。编号尾数{tail}。",
        "There is an answer to your request “{title}” (ending {tail}). Ring 12345 to hear all of it.",
    ),
    Kind.REOPENED: _said(
        "您反映的“{title}”还没有办好，已要求{unit}重新办理，{due}。编号尾数{tail}。",
        "Your request “{title}” (ending {tail}) is not solved yet; {unit} must handle it again; {due}.",
    ),
    Kind.UNREACHED: _said(
        "您反映的“{title}”已有答复，我们几次打电话没有打通。有意见请拨打12345。编号尾数{tail}。",
        "There is an answer to your request “{title}” (ending {tail}); we could not reach you. Ring 12345 if it does"
        " not help.",
    ),
    Kind.CLOSED: _said(
        "您反映的“{title}”已研究过您的意见，办理到此结束。仍有新情况请拨打12345。编号尾数{tail}。",
        "We have weighed what you said about “{title}” (ending {tail}), and its handling ends here. Ring 12345 with"
        " anything new.",
    ),
}
"""The platform's own words (P); the office may write others."""


def check(kind: Kind, wording: Wording) -> tuple[Refusal, ...]:
    """What is wrong with a wording; nothing when it can be used."""
    if wording.on and not wording.zh.strip():
        return (Refusal("wording.empty", field="zh"),)
    found = [
        refusal
        for field, text, allowed in (
            ("zh", wording.zh, BLANKS[kind]),
            ("en", wording.en, BLANKS[kind]),
            ("secret_zh", wording.secret_zh, WITHOUT_MATTER),
            ("secret_en", wording.secret_en, WITHOUT_MATTER),
        )
        for refusal in _faults(field, text, allowed)
    ]
    if wording.secret_en.strip() and not wording.secret_zh.strip():
        found.append(Refusal("wording.empty", field="secret_zh"))
    return tuple(found)


def _faults(field: str, text: str, allowed: frozenset[str]) -> list[Refusal]:
    if len(text) > LONGEST:
        return [Refusal("wording.too_long", {"limit": LONGEST}, field=field)]
    if "\x00" in text:
        return [Refusal("wording.braces", field=field)]
    try:
        names = _names(text)
    except ValueError:
        return [Refusal("wording.braces", field=field)]
    listed = "、".join(f"{{{name}}}" for name in sorted(allowed))
    found = [
        Refusal("wording.blank_unknown", {"blank": f"{{{name}}}", "allowed": listed}, field=field)
        for name in sorted(names - allowed)
    ]
    inside = [Refusal("wording.jargon", {"word": word, "instead": JARGON[word]}, field=field)
              for word in JARGON if word in text]  # fmt: skip
    return found + inside


def _names(text: str) -> set[str]:
    """The blanks of a text; ValueError for braces that name none."""
    names: set[str] = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name or layout or conversion:
            raise ValueError(text)
        names.add(name)
    return names


def fill(text: str, said: Mapping[str, str]) -> str:
    """The text with its blanks filled; what is said never acts as a blank itself."""
    return text.format(**{name: said.get(name, "") for name in _names(text)})


def shortened(text: str, limit: int) -> str:
    """One line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
