"""`/minutes/<id>/`: the panel's minutes in the layout of GB/T 9704, to be printed and as Word. Always Chinese.

They say who sat there, who holds what on which basis, the conclusion with each task, and every dissent. Before the
signature is recorded the paper itself says that it is a draft.
"""

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.documents.paper import Letter
from hotline.desks.documents.word import in_word
from hotline.desks.papers.pages import DOCX
from hotline.plumbing.clock import now
from hotline.rules.dates_in_words import day_zh
from hotline.rules.joint import Form
from hotline.rules.joint.states import PANEL, Seat
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.stages.joint.pages import meeting_of
from hotline.stages.joint.pages.doors import let_in, seen_or_404
from hotline.stages.joint.pages.lines import Said, Teller
from hotline.stages.joint.queries.reading import Whole
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import lang_of

LANG, CHINESE = "zh", "zh-hans"


def letter(seen: Whole, teller: Teller, *, agency: str) -> Letter:
    """What the minutes say on paper."""
    state = seen.state
    signed = day_zh(state.signed_on, 0) if state.signed_on else ""
    return Letter(
        kind=_("联合会办纪要"),
        agency=agency,
        number=_("工单%(number)s") % {"number": seen.ticket},
        signer=state.signer,
        title=_("关于“%(title)s”主办单位的会办纪要") % {"title": seen.title or seen.ticket},
        to=teller.units(sorted(state.bound or state.parties)),
        paragraphs=tuple(paragraphs(seen, teller)),
        day=signed,
        copies=teller.units(sorted(state.members - state.bound)),
        issued=signed,
        mark="" if state.signed_on and state.status not in PANEL else _("草稿，未经签发"),
    )


def paragraphs(seen: Whole, teller: Teller) -> Iterator[str]:
    """The paper's text, one paragraph each."""
    yield from _opening(seen, teller)
    for side in teller.sides(seen):
        yield _("%(unit)s：%(words)s。") % {"unit": side.unit, "words": _joined((*side.said, *side.stated))}
    yield _("二、会办意见")
    for voice in teller.voices(seen):
        if not voice.view and voice.seat == word(Seat.OBSERVER, LANG):
            yield _("%(unit)s列席监督。") % {"unit": voice.unit}
            continue
        if not voice.view:
            silence = _("未签署意见")
            yield _("%(unit)s（%(seat)s）：%(silence)s。") % {
                "unit": voice.unit,
                "seat": voice.seat,
                "silence": silence,
            }
            continue
        words = _joined(voice.said)
        yield _("%(unit)s（%(seat)s）认为应由%(view)s主办。%(words)s。（%(signer)s签署）") % {
            "unit": voice.unit, "seat": voice.seat, "view": voice.view, "words": words, "signer": voice.signer,
        }  # fmt: skip
    yield from _conclusion(seen, teller)


def _opening(seen: Whole, teller: Teller) -> Iterator[str]:
    state, called = seen.state, meeting_of(seen)
    if state.meets_at is not None and called is not None:
        at = state.meets_at.astimezone(CITY_TZ)
        when = f"{day_zh(at.date(), 0)}{at:%H:%M}"
        place = called.words.get("place", "")
        how = word(state.form or Form.WRITTEN, LANG)
        yield _("时间：%(when)s。形式：%(how)s。%(place)s") % {
            "when": when, "how": how, "place": _("地点：%(place)s。") % {"place": place} if place else "",
        }  # fmt: skip
        yield _("召集：市热线办。参加：%(speakers)s。列席：%(observer)s。") % {
            "speakers": teller.units(sorted(state.speakers)),
            "observer": teller.names.unit(state.observer, LANG),
        }
        yield _("议题：%(agenda)s。") % {"agenda": _flat(called.words.get("agenda", ""))}
    yield _("一、各方主张")


def _conclusion(seen: Whole, teller: Teller) -> Iterator[str]:
    words = seen.conclusion
    yield _("三、会办结论")
    yield _("由%(unit)s主办。%(text)s。") % {
        "unit": teller.names.unit(seen.state.proposed, LANG), "text": _flat(words.get("minutes", "")),
    }  # fmt: skip
    for task in teller.tasks(seen):
        yield _("协办%(order)s：%(unit)s，%(begins)s%(words)s，时限%(days)s个工作日。") % {
            "order": task.order,
            "unit": task.unit,
            "begins": _("“%(finding)s”以后，") % {"finding": task.after} if task.after else "",
            "words": _flat(task.words),
            "days": task.days,
        }
    yield _("依据：%(basis)s。") % {"basis": _flat(words.get("legal_basis", ""))}
    yield _("适用范围：%(scope)s。") % {"scope": _("今后同类照办") if seen.state.reusable else _("只管这一件")}
    dissent = teller.units(seen.dissenters)
    yield _("不同意见：%(who)s。") % {"who": dissent} if dissent else _("与会各方没有不同意见。")


def _joined(all_said: Iterable[Said]) -> str:
    return "；".join(f"{said.label}：{_flat(said.text)}" for said in all_said) or _("没有陈述主张")


def _flat(text: str) -> str:
    """One line without its full stop: what follows brings its own."""
    return " ".join(text.split()).rstrip("。")


def _letter(request: HttpRequest, pk: int) -> Letter:
    seen = seen_or_404(request, pk)
    if not seen.conclusion:
        raise Http404(render(Refusal("joint.not_found"), lang_of(request)))
    moment, known = now(), names_of(request)
    with translation.override(CHINESE):
        teller = Teller(known, LANG, books_of(request).at(moment), moment)
        return letter(seen, teller, agency=known.city.hotline_name if known.city else "12345")


@let_in
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`/minutes/<id>/`: ready to print."""
    bar = {"print": _("打印"), "word": _("下载 Word 版"), "back": _("返回争议卷")}
    made = _letter(request, pk)
    with translation.override(CHINESE):
        return render_page(request, "desks/minutes/paper.html", {"letter": made, "bar": bar, "pk": pk, "head": True})


@let_in
@require_GET
def word_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/minutes/<id>/word/`: the same as Word."""
    made = _letter(request, pk)
    with translation.override(CHINESE):
        body = in_word(made, kind="joint_minutes", head=True)
    name = content_disposition_header(as_attachment=True, filename=f"{made.kind}-{made.number}.docx") or "attachment"
    return HttpResponse(body, content_type=DOCX, headers={"Content-Disposition": name})
