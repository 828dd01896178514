"""Items as lists and pages print them: everything already in words of the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hotline.desks.time_words import Moment, day_words, due_words, moment_words
from hotline.registry.knowledge.records import Asked, ItemFile, Suggestion, Version
from hotline.registry.knowledge.wording import Wording
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.acting.names import Names

SNIPPET = 60
SOON = timedelta(days=15)
"""How long before its end an item is said to end soon (ours, P)."""

LABELS: Mapping[str, str] = {
    "title": gettext_noop("标题"),
    "question": gettext_noop("群众问法"),
    "answer": gettext_noop("答复口径"),
    "hint": gettext_noop("内部提示"),
    "legal_basis": gettext_noop("依据"),
    "category": gettext_noop("事项分类"),
    "valid_from": gettext_noop("启用日期"),
    "valid_to": gettext_noop("停用日期"),
    "public": gettext_noop("可向社会公开"),
    "review_on": gettext_noop("复核日期"),
}


def label(name: str) -> str:
    """What a part of an item is called in the reader's language."""
    return _(LABELS[name])


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    code: str
    title: str
    snippet: str
    category: str
    unit: str
    until: str
    ends_soon: bool
    cited: int
    state: str
    remark: str
    changed: Moment


def row(version: Version, known: Names, lang: str, now: datetime) -> Row:
    """A version as a line of a list."""
    today = now.astimezone(CITY_TZ).date()
    return Row(
        code=version.code,
        title=version.text.title,
        snippet=version.text.answer[:SNIPPET],
        category=known.category(version.text.category, lang),
        unit=known.unit(version.unit, lang),
        until=until(version.text, today),
        ends_soon=version.text.valid_to is not None and version.text.valid_to <= today + SOON,
        cited=version.cited,
        state=version.label,
        remark=version.remark,
        changed=moment_words(version.updated_at, now),
    )


def until(text: Wording, today: date) -> str:
    """Up to which day, that day included, the item may be told."""
    return day_words(text.valid_to - timedelta(days=1), today) if text.valid_to else _("长期有效")


@dataclass(frozen=True)
class Edition:
    """One version of an item on its page, with who had it in hand."""

    version: Version
    title: str
    texts: tuple[tuple[str, str, str], ...]
    differs: tuple[str, ...]
    writers: str
    published_by: str
    published: Moment | None
    ended_by: str
    ended: Moment | None
    changed: Moment


@dataclass(frozen=True)
class AskedLine:
    """A correction in words."""

    asked: Asked
    unit: str
    who: str
    at: Moment
    due: str
    late: bool
    settled_by: str


@dataclass(frozen=True)
class ItemPage:
    """The whole page of an item."""

    file: ItemFile
    shown: Edition
    draft: Edition | None
    history: tuple[Edition, ...]
    facts: tuple[tuple[str, str], ...]
    corrections: tuple[AskedLine, ...]
    old: bool
    notices: tuple[str, ...]


def people_of(file: ItemFile) -> set[str]:
    """Everybody whose name the page shows."""
    versions = (*file.published, *([file.in_hand] if file.in_hand else []))
    found = {who for v in versions for who in (*v.hands, v.published_by, v.ended_by)}
    return found | {who for asked in file.corrections for who in (asked.asked_by, asked.settled_by)}


def item_page(
    file: ItemFile, *, known: Names, people: Mapping[str, str], lang: str, now: datetime, number: int | None = None
) -> ItemPage:
    """The item in words; `number` opens one of its earlier versions."""
    today = now.astimezone(CITY_TZ).date()
    shown = (file.numbered(number) if number is not None else None) or file.shown
    draft = file.in_hand if file.in_hand is not shown else None
    before = file.now.text if file.now else None
    return ItemPage(
        file=file,
        shown=edition(shown, people, now, None),
        draft=edition(draft, people, now, before) if draft else None,
        history=tuple(edition(v, people, now, None) for v in file.published),
        facts=tuple(_facts(shown, file, known, lang, today)),
        corrections=tuple(asked_line(asked, known, people, lang, now) for asked in file.corrections),
        old=shown.number is not None and file.now is not None and shown.number != file.now.number,
        notices=tuple(_notices(shown, file, today)),
    )


def edition(version: Version, people: Mapping[str, str], now: datetime, before: Wording | None) -> Edition:
    """One version in words; `before` is what holds now and is compared with it."""
    text = version.text
    shown = ("answer", "legal_basis", "hint", "question")
    return Edition(
        version=version,
        title=text.title,
        texts=tuple((name, label(name), getattr(text, name)) for name in shown if getattr(text, name)),
        differs=differing(before, text) if before else (),
        writers="、".join(_who(hand, people) for hand in version.hands),
        published_by=_who(version.published_by, people),
        published=moment_words(version.published_at, now) if version.published_at else None,
        ended_by=_who(version.ended_by, people),
        ended=moment_words(version.ended_at, now) if version.ended_at else None,
        changed=moment_words(version.updated_at, now),
    )


def differing(before: Wording, after: Wording) -> tuple[str, ...]:
    """Names of what a publisher must look at: the parts that are not as they were."""
    names = (f.name for f in fields(Wording))
    return tuple(label(name) for name in names if getattr(before, name) != getattr(after, name))


def asked_line(asked: Asked, known: Names, people: Mapping[str, str], lang: str, now: datetime) -> AskedLine:
    """A correction in words; while it is open, until when it must be answered."""
    due = due_words(asked.due_at, now)
    return AskedLine(
        asked=asked,
        unit=known.unit(asked.unit, lang) or _("热线机构"),
        who=_who(asked.asked_by, people),
        at=moment_words(asked.asked_at, now),
        due=due.sentence if asked.open else "",
        late=asked.open and due.late,
        settled_by=_who(asked.settled_by, people),
    )


@dataclass(frozen=True)
class Offer:
    """A suggestion beside the intake form."""

    code: str
    title: str
    answer: str
    legal_basis: str
    hint: str
    unit: str
    until: str
    score: int
    why: str


def offers(found: Iterable[Suggestion], known: Names, lang: str, today: date) -> tuple[Offer, ...]:
    """Suggestions in words, with the reason for each."""
    return tuple(
        Offer(
            code=s.version.code,
            title=s.version.text.title,
            answer=s.version.text.answer,
            legal_basis=s.version.text.legal_basis,
            hint=s.version.text.hint,
            unit=known.unit(s.version.unit, lang),
            until=until(s.version.text, today),
            score=s.match.score,
            why=_why(s),
        )
        for s in found
    )


def _why(suggestion: Suggestion) -> str:
    """都提到“租房、公积金”；同一事项分类."""
    parts = []
    if suggestion.match.shared:
        parts.append(_("都提到“%(words)s”") % {"words": "、".join(suggestion.match.shared[:4])})
    if suggestion.match.same_category:
        parts.append(_("同一事项分类"))
    return _("；").join(parts)


def _who(actor: str, people: Mapping[str, str]) -> str:
    return people.get(actor, _("系统导入") if actor == "system" else "") if actor else ""


def _facts(shown: Version, file: ItemFile, known: Names, lang: str, today: date) -> Iterable[tuple[str, str]]:
    text = shown.text
    yield _("知识编号"), shown.code
    yield _("责任单位"), known.unit(shown.unit, lang)
    if text.category:
        yield _("事项分类"), known.category_path(text.category, lang)
    yield _("状态"), shown.label
    if shown.number:
        yield _("版本"), str(shown.number)
    if text.valid_from:
        yield _("启用日期"), day_words(text.valid_from, today)
    yield _("有效至"), until(text, today)
    if text.review_on:
        yield _("复核日期"), day_words(text.review_on, today)
    yield _("社会公开"), _("公开") if text.public else _("仅供内部使用")
    use = {"month": file.use.month, "year": file.use.year, "ever": file.use.ever}
    yield _("引用次数"), _("近30天 %(month)s 次，近一年 %(year)s 次，累计 %(ever)s 次") % use


def _notices(shown: Version, file: ItemFile, today: date) -> Iterable[str]:
    """What must be known before this is told to a citizen."""
    if shown.number is None:
        yield _("这是尚未发布的内容，不能用于答复群众。")
    elif file.now is None:
        yield _("这个知识点现在没有有效的版本，不能用于答复群众。")
    elif shown.number != file.now.number:
        yield _("这不是现行版本，仅供查阅当时的口径。")
    elif shown.text.valid_to and shown.text.valid_to <= today + SOON:
        yield _("这个知识点即将到期，答复前请留意有无新政策。")
    elif shown.text.review_on and shown.text.review_on <= today:
        yield _("已到复核日期，请责任单位核实内容是否仍然准确。")
    if shown.state == "withdrawn" and shown.remark:
        yield _("撤下原因：%(remark)s") % {"remark": shown.remark}
    if any(asked.open for asked in file.corrections):
        yield _("有人反映内容有误，尚未答复，请留意下方的纠错。")
