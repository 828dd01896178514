"""Notices as the bell and the page print them: words of the reader's language, a title only where it may be seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.clocks.digest import ABOUT as DIGEST
from hotline.oversight.documents.queries import labels as document_labels
from hotline.oversight.documents.telling import ABOUT as DOCUMENT
from hotline.oversight.emergency.telling import ABOUT as EMERGENCY
from hotline.oversight.instructions.queries import labels as instruction_labels
from hotline.oversight.instructions.telling import ABOUT as INSTRUCTION
from hotline.oversight.notices.queries import NoticeRow
from hotline.oversight.recomputing.telling import DRAFT, LINE, MISSING
from hotline.oversight.supervision.media.queries import labels as media_labels
from hotline.oversight.supervision.media.telling import ABOUT as MEDIA
from hotline.oversight.supervision.queries import ABOUT, labels
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.lifecycle import Actor
from hotline.rules.rule_keeping import reads_rules
from hotline.rules.words import word
from hotline.stages.joint.commands.telling import ABOUT as DISPUTE
from hotline.stages.joint.queries import labels as dispute_labels
from hotline.tickets.precedents.queries import labels as precedent_labels
from hotline.tickets.precedents.telling import ABOUT as PRECEDENT
from hotline.tickets.titles import titles

RULES = (MISSING, DRAFT)


@dataclass(frozen=True)
class NoticeLine:
    """One notice in words. Without `visible` the ticket is no longer this person's to open."""

    id: int
    kind: str
    number: str
    said: str
    title: str
    visible: bool
    made: Moment
    read: bool


def lines(rows: Iterable[NoticeRow], *, actor: Actor, lang: str, now: datetime) -> list[NoticeLine]:
    """Notices in words, with the titles of all of them in one statement."""
    shown = list(rows)
    known = titles([row.number for row in shown if not row.about], actor=actor)
    watched = _others(shown, actor, lang)
    reads = reads_rules(actor)
    return [_line(row, known, watched, lang, now, reads=reads) for row in shown]


def _others(shown: Iterable[NoticeRow], actor: Actor, lang: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Number and name of supervisions, documents and handovers, each in one statement."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    named_by = ((ABOUT, labels), (DOCUMENT, document_labels), (MEDIA, media_labels), (INSTRUCTION, instruction_labels))
    for about, named in named_by:
        pks = {int(row.number) for row in shown if row.about == about}
        found |= {(about, str(pk)): said for pk, said in named(pks, actor=actor, lang=lang).items()}
    disputes = {int(row.number) for row in shown if row.about == DISPUTE}
    found |= {(DISPUTE, str(pk)): said for pk, said in dispute_labels(disputes, actor=actor).items()}
    rulings = {int(row.number) for row in shown if row.about == PRECEDENT}
    for pk, (number, title) in precedent_labels(rulings, actor=actor).items():
        found[PRECEDENT, str(pk)] = (number or _("先例稿"), title)
    return found


def _line(
    row: NoticeRow,
    known: Mapping[str, str],
    watched: Mapping[tuple[str, str], tuple[str, str]],
    lang: str,
    now: datetime,
    *,
    reads: bool,
) -> NoticeLine:
    number, title, visible = row.number, known.get(row.number, ""), row.number in known
    if row.about == DIGEST:
        number, visible = day_words(row.number, lang), True
    if row.about in RULES:
        number, visible = rule_words(row.about, row.number), reads
    if row.about == LINE:
        visible = True
    if row.about == EMERGENCY:
        number, visible = _("应急状态"), True
    unnamed = {
        ABOUT: _("督办"),
        DOCUMENT: _("公文"),
        MEDIA: _("媒体督办"),
        INSTRUCTION: _("领导批示"),
        DISPUTE: _("权属争议"),
        PRECEDENT: _("先例"),
    }
    if row.about in unnamed:
        visible = (row.about, row.number) in watched
        number, title = watched.get((row.about, row.number), (unnamed[row.about], ""))
    return NoticeLine(
        id=row.id,
        kind=row.kind,
        number=number,
        said=word(f"notice.{row.kind}", lang),
        title=title,
        visible=visible,
        made=moment_words(row.made_at, now),
        read=row.read_at is not None,
    )


def rule_words(about: str, number: str) -> str:
    """The year that is missing, or what waits to be published."""
    return _("%(year)s年") % {"year": number} if about == MISSING else _("日历与规则")


def day_words(written: str, lang: str) -> str:
    """The day of a digest as the reader says it."""
    on = date.fromisoformat(written)
    return day_en(on, on.year) if lang == "en" else day_zh(on, on.year)
