"""What stands behind the doors: tickets, files and items of knowledge that addresses of the matrix lead to.

A row of the table names one of these cases in its column `on`. Whoever adds a page with something new in its address
adds a case here: a name, and a function that makes the thing and returns what the address needs.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.desks.views.models import SavedView
from hotline.oversight.clocks.models import ClockFault
from hotline.oversight.documents.files import attach
from hotline.oversight.documents.models import DocumentFile
from hotline.oversight.emergency.forces import open_force
from hotline.oversight.emergency.switching import switch_on
from hotline.oversight.instructions.files import do_with_files as attach_scan
from hotline.oversight.instructions.models import InstructionFile
from hotline.oversight.messaging.models import CitizenMessage
from hotline.oversight.notices.models import Notice
from hotline.oversight.supervision.commands import Wish, add_tickets, start
from hotline.oversight.supervision.files import do_with_files
from hotline.oversight.supervision.media.files import do_with_files as add_scan
from hotline.oversight.supervision.media.models import HandoverFile
from hotline.oversight.supervision.models import Criticism, SupervisionFile
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.registry.calendars.drafting import draft_city_days
from hotline.registry.calendars.profile_drafting import Wanted, draft_profile
from hotline.registry.calendars.queries import current_calendar
from hotline.registry.calendars.queries import profile as stored_profile
from hotline.registry.keeping.drafting import draft_rows
from hotline.registry.keeping.lists import spelling
from hotline.registry.knowledge import commands as knowledge
from hotline.registry.knowledge.models import Correction
from hotline.registry.knowledge.wording import Wording
from hotline.registry.people.absence_models import Absence
from hotline.registry.people.absences import Away, name_stand_in
from hotline.registry.people.commands import issue_token
from hotline.registry.people.models import ApiToken, RoleGrant
from hotline.registry.units.rules import all_rules
from hotline.rules import acts
from hotline.rules.acts.base import plain
from hotline.rules.documents import Status as Standing
from hotline.rules.emergency_mode import Plan
from hotline.rules.instructions import Deed as InstructionDeed
from hotline.rules.instructions import Order as InstructionOrder
from hotline.rules.instructions import Status as InstructionStatus
from hotline.rules.jurisdiction.sheet import print_rule
from hotline.rules.media import Deed as MediaDeed
from hotline.rules.media import Order as MediaOrder
from hotline.rules.media import Status as Handed
from hotline.rules.profiles import to_dict
from hotline.rules.supervision import Cause, Deed, Order
from hotline.rules.task_force import ForcePlan, Member
from hotline.rules.vocabulary import Purpose, RequestType, Role, Stage, SupervisionKind, UnitCode, VisibleTo
from hotline.stages.callback.models import Draw, Sample
from hotline.stages.intake.models import CallNote
from hotline.stages.leading.models import QualityCheck, ShiftSheet
from hotline.tickets.acting.api import OPERATIONS
from hotline.tickets.attachments.commands import add_attachment
from hotline.tickets.dossiers.files import Upload
from hotline.tickets.models import Ticket as TicketRow
from hotline.tickets.precedents.models import Precedent
from tests.access.routes import Route
from tests.api.every_act import SCENES
from tests.cast import Cast, Ticket
from tests.oversight.documents.writing import brought
from tests.oversight.instructions.instructing import brought as instructed
from tests.oversight.instructions.instructing import leader as city_leader
from tests.oversight.supervision.media.handing import brought as handed
from tests.oversight.supervision.media.handing import did as media_deed
from tests.oversight.supervision.media.handing import partner as media_partner
from tests.stages.joint import panels
from tests.tickets.precedents import rulings
from tests.uploads import PDF, TEXT
from tests.walks import OPENING, REGISTER, STEP

NOWHERE: Final = Route("", ())
MONTH: Final = timedelta(days=30)
NOON: Final = OPENING.replace(hour=12)
SECRET: Final = {"request_type": RequestType.REPORT, "for_unit": "有人举报占道经营，请查处。"}
ACT_OF: Final = {operation: act for act, operation in OPERATIONS.items()} | {"register": "register"}


@dataclass(frozen=True)
class Place:
    """What one case gives: values for the address, the moment at which it is entered, and what is posted there."""

    values: dict[str, object]
    at: datetime = NOON
    said: dict[str, Any] = field(default_factory=dict)


class World:
    """The city of the matrix. Things are made when a row first asks for them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._made: dict[tuple[str, str], Place] = {}

    def place(self, case: str, route: Route) -> Place:
        """The case for this address."""
        name, _, more = case.partition(":")
        key = (case, route.path if name == "act" else "")
        if key not in self._made:
            self._made[key] = CASES[name](self, act_in(route) if name == "act" else more)
        return self._made[key]

    def ticket(self, **register: Any) -> Ticket:
        """A ticket that 市城管局 handles together with 市生态环境局."""
        found = self.cast.ticket_at(Stage.PENDING_DISPATCH, register=register)
        both = acts.Dispatch(lead_unit=UnitCode("CGJ"), co_units=(UnitCode("STHJ"),), basis="职责清单")
        found = self.cast.do(found, "dispatcher", both)
        return self.cast.do(found, "cgj_handler", acts.SignIn())


def _ticket(world: World, register: dict[str, Any]) -> Place:
    """A ticket with a file of the request and one of the handling."""
    ticket = world.ticket(**register)
    ids = [
        _file(world, ticket, who, purpose, body, name)
        for who, purpose, body, name in (
            ("agent", Purpose.REQUEST, PDF, "来信.pdf"),
            ("cgj_handler", Purpose.HANDLING, TEXT, "办理情况.txt"),
        )
    ]
    return Place({"number": ticket.number, "attachment": ids[0], "proof": ids[1]}, ticket.at + STEP * 3)


def _file(world: World, ticket: Ticket, who: str, purpose: Purpose, body: bytes, name: str) -> int:
    added = add_attachment(
        number=ticket.number,
        file=io.BytesIO(body),
        name=name,
        purpose=purpose,
        visible_to=VisibleTo.TICKET,
        actor=world.cast.actor(who),
        now=ticket.at + STEP,
    )
    assert added.id is not None, added.refusals
    return added.id


def _ordinary(world: World, _: str) -> Place:
    return _ticket(world, {})


def _secret(world: World, _: str) -> Place:
    return _ticket(world, dict(SECRET))


def _proof(world: World, _: str) -> Place:
    """The file of the handling of the ordinary ticket."""
    place = _ordinary(world, "")
    return Place({**place.values, "attachment": place.values["proof"]}, place.at)


def _act(world: World, name: str) -> Place:
    """A ticket on which the act may be done just now, by whoever does it."""
    scene = SCENES[name]
    ticket = scene.prepared(world.cast)
    said = spoken(scene.act)
    if name == "merge":
        said["master"] = world.cast.ticket_at(Stage.REGISTERED).number
    return Place({"number": ticket.number}, ticket.at + STEP, said)


def spoken(act: acts.Act) -> dict[str, Any]:
    """An act as the API is told it."""
    return {f.name: plain(getattr(act, f.name)) for f in fields(act)}


ITEM_STAGES: Final = {"draft": "草稿", "submitted": "待发布", "published": "已发布"}


def _item(world: World, stage: str) -> Place:
    """An item of knowledge of 市城管局: a draft, waiting to be published, or published."""
    handler, leader = world.cast.actor("cgj_handler"), world.cast.actor("team_leader")
    text = Wording(
        title=f"占道经营举报（{ITEM_STAGES[stage]}）",
        question=f"占道经营谁管（{ITEM_STAGES[stage]}）",
        answer="请说明路名和门牌。",
        legal_basis="《条例》",
    )
    code = knowledge.draft_item(text=text, unit="CGJ", actor=handler, now=OPENING).code
    if stage != "draft":
        assert knowledge.submit_item(code=code, actor=handler, now=OPENING).ok
    if stage == "published":
        assert knowledge.publish_item(code=code, actor=leader, now=OPENING).ok
    return Place({"code": code})


def _correction(world: World, _: str) -> Place:
    """Somebody has told that an item is wrong."""
    code = str(world.place("item:published", NOWHERE).values["code"])
    told = knowledge.correct_item(
        code=code, text="电话已经变更", actor=world.cast.actor("agent"), now=NOON, calendar=current_calendar()
    )
    assert told.ok, told.refusals
    return Place({"number": Correction.objects.latest("pk").pk})


def _stage(world: World, stage: str) -> Place:
    """A ticket of 市城管局 at a stage."""
    ticket = world.cast.ticket_at(Stage(stage))
    return Place({"number": ticket.number}, ticket.at + STEP)


def _notice(world: World, _: str) -> Place:
    """A notice that is the agent's own."""
    number = str(world.place("ordinary", NOWHERE).values["number"])
    made = Notice.objects.create(recipient=world.cast.user("agent"), kind="urged", number=number, seq=1, made_at=NOON)
    return Place({"number": made.pk})


def _message(world: World, state: str) -> Place:
    """A message to a citizen that is on its way, or could not be sent."""
    del world
    times = {"not_before": NOON, "created_at": NOON}
    made = OutgoingMessage.objects.create(key=state, channel="sms", about="", to="13800000000", state=state, **times)
    return Place({"number": made.pk})


def _clock_fault(world: World, _: str) -> Place:
    """A ticket that the clock engine has set aside."""
    ticket = TicketRow.objects.get(number=world.cast.ticket_at(Stage.HANDLING).number)
    made = ClockFault.objects.create(ticket=ticket, error="KeyError: nowhere", first_at=NOON, at=NOON)
    return Place({"number": made.pk, "fault": made.pk})


def _emergency(world: World, _: str) -> Place:
    """An emergency that the supervisor has just switched on."""
    plan = Plan(name="2026年防汛", reason="汛情", planned_end=NOON + MONTH)
    done = switch_on(plan, actor=world.cast.actor("supervisor"), now=NOON)
    assert done.period is not None, done.refusals
    return Place({"number": done.period.pk, "emergency": done.period.pk}, NOON + timedelta(hours=1))


def _task_force(world: World, _: str) -> Place:
    """A task force of that emergency, with nothing to do yet."""
    period = world.place("emergency", NOWHERE)
    people = (Member("cgj_handler", Role.UNIT_HANDLER), Member("ly_head", Role.UNIT_HEAD))
    plan = ForcePlan(name="防汛专班", last_day=(NOON + MONTH).date(), members=people)
    done = open_force(int(str(period.values["number"])), plan, actor=world.cast.actor("supervisor"), now=period.at)
    assert done.force is not None, done.refusals
    return Place({"number": done.force.pk, "force": done.force.pk}, period.at)


def _note(world: World, _: str) -> Place:
    """A quick note that the agent has just kept."""
    agent = str(world.cast.user("agent").pk)
    return Place({"note": CallNote.objects.create(agent=agent, at=NOON, kind="silent").pk})


def _absence(world: World, _: str) -> Place:
    """The section head of 市城管局 will be away next month; the handler is to sign then."""
    away = Away(first=NOON.date() + MONTH, last=NOON.date() + MONTH, reason="出差")
    actor, stand_in = world.cast.actor("cgj_section"), world.cast.user("cgj_handler").pk
    done = name_stand_in(stand_in=stand_in, away=away, actor=actor, now=NOON)
    assert done.ok, done
    made = Absence.objects.latest("pk").pk
    return Place({"entry": made, "absence": made})


def _sample(world: World, _: str) -> Place:
    """A direct answer that was drawn to be asked about."""
    ticket = world.cast.ticket_at(Stage.ANSWERED_DIRECTLY)
    draw, _made = Draw.objects.get_or_create(
        day=OPENING.date(), defaults={"percent": 10, "seed": "7", "answered": 1, "drawn_at": NOON}
    )
    Sample.objects.create(draw=draw, ticket=TicketRow.objects.get(number=ticket.number))
    return Place({"number": ticket.number, "day": OPENING.date()}, NOON + timedelta(days=1))


def _view(world: World, _: str) -> Place:
    """A view that the agent has saved."""
    agent = world.cast.user("agent")
    made = SavedView.objects.create(
        desk="tickets",
        name="加急",
        pairs=[["urgency", "urgent"]],
        person=agent,
        position=1,
        made_by=agent.pk,
        made_at=NOON,
    )
    return Place({"view": made.pk})


def _check(world: World, _: str) -> Place:
    """A ticket of the agent that was drawn to be looked at."""
    number = str(world.place("ordinary", NOWHERE).values["number"])
    agent = str(world.cast.user("agent").pk)
    return Place({"pk": QualityCheck.objects.create(day=NOON.date(), number=number, agent=agent, drawn_at=NOON).pk})


def _shift(world: World, _: str) -> Place:
    """What the early shift has left."""
    leader = str(world.cast.user("team_leader").pk)
    return Place({"pk": ShiftSheet.objects.create(day=NOON.date(), shift="early", given_by=leader, given_at=NOON).pk})


def _person(world: World, _: str) -> Place:
    """Somebody of 市城管局 with a role and a token."""
    user = world.cast.user("cgj_section")
    assert issue_token(username=user.username, name="接口", days=30, by=None, now=NOON).refusal is None
    grant, token = RoleGrant.objects.get(user=user).pk, ApiToken.objects.get(user=user).pk
    return Place({"number": user.pk, "person": user.pk, "grant": grant, "token": token})


def _rule_draft(world: World, kind: str) -> Place:
    """A draft of the calendar, a profile or the directory that somebody else has written."""
    other = replace(world.cast.actor("supervisor"), id="9001")
    if kind == "profile":
        base = to_dict(stored_profile("hefei-2021", 1))
        settings = {**base, "limits": {**base["limits"], "reply": {"default": "5wd"}}}
        wanted = Wanted(
            base=("hefei-2021", 1), settings=settings, name="合肥", effective_from="2026-05-01", source="讨论稿"
        )
        done = draft_profile(wanted=wanted, actor=other, now=OPENING)
    elif kind == "directory":
        row = print_rule(next(one for one in all_rules() if one.id == "0101-1"), spelling(OPENING.date()))
        done = draft_rows(rows=[{**row, "停用日期": "2027-01-01"}], source="讨论稿", actor=other, now=OPENING)
    else:
        done = draft_city_days(text="2026-12-31,停办,大雪", source="市政府决定", actor=other, now=OPENING)
    assert done.draft, done.refusals
    return Place({"draft_id": done.draft.pk})


def _value(values: str) -> dict[str, object]:
    """`with:key=intake` says the value itself."""
    return {name: value for name, _, value in (pair.partition("=") for pair in values.split(",") if pair)}


def _told(world: World, _more: str) -> Place:
    """A message to the citizen of a ticket that could not be sent."""
    ticket = world.ticket()
    failed = OutgoingMessage.objects.create(
        key=f"{ticket.number}/told", channel="sms", about=ticket.number, to="13800000000", state="failed",
        not_before=ticket.at, created_at=ticket.at,
    )  # fmt: skip
    row = CitizenMessage.objects.create(
        number=ticket.number, cause=ticket.number, seq=1, kind="received", made_at=ticket.at, message_id=failed.pk
    )
    return Place({"number": ticket.number, "told_id": row.pk, "message": row.pk}, ticket.at)


def _supervision(world: World, _: str) -> Place:
    """重点督办 of a ticket of 市城管局, with evidence that the unit gave."""
    ticket = world.ticket()
    wish = Wish(kind=SupervisionKind.KEY, cause=Cause.BY_HAND, number=ticket.number, text="三日内解决")
    row = start(wish, actor=world.cast.actor("supervisor"), now=ticket.at).row
    assert row is not None
    given = do_with_files(
        row.pk,
        order=Order(deed=Deed.ATTACH),
        uploads=[Upload(io.BytesIO(TEXT), "办理情况.txt")],
        actor=world.cast.actor("cgj_handler"),
        now=ticket.at + STEP,
    )
    assert given.ok, given.refusals
    file = SupervisionFile.objects.get(supervision=row).pk
    return Place({"pk": row.pk, "file": file, "name": "note", "number": ticket.number}, ticket.at + STEP * 2)


def _begun(world: World, _: str) -> Place:
    """A supervision to be begun on a ticket that has one of the kind already: who may begin any is told so."""
    place = _supervision(world, "")
    return Place({}, place.at, {"number": str(place.values["number"]), "kind": "key"})


def _visit(world: World, _: str) -> Place:
    """现场督办 that has not been made: nobody of the unit, and few in the office, may know."""
    ticket = world.cast.ticket_at(Stage.CLOSED)
    wish = Wish(kind=SupervisionKind.ON_SITE, cause=Cause.BY_HAND, number=ticket.number)
    row = start(wish, actor=world.cast.actor("supervisor"), now=ticket.at).row
    assert row is not None
    return Place({"pk": row.pk, "name": "note", "number": ticket.number}, ticket.at + STEP)


def _campaign(world: World, _: str) -> Place:
    """专项督办 over one ticket."""
    ticket = world.ticket()
    wish = Wish(kind=SupervisionKind.SPECIAL, cause=Cause.CAMPAIGN, title="占道经营专项")
    row = start(wish, actor=world.cast.actor("supervisor"), now=ticket.at).row
    assert row is not None
    add_tickets(row.pk, {ticket.number: "CGJ"}, actor=world.cast.actor("supervisor"), now=ticket.at)
    return Place({"pk": row.pk}, ticket.at + STEP)


def _criticism(world: World, _: str) -> Place:
    """通报批评 that the platform has proposed."""
    ticket = world.ticket()
    row = Criticism.objects.create(
        number=ticket.number, seq=4, unit="CGJ", clock="unit_reply", due_at=ticket.at, proposed_at=ticket.at
    )
    return Place({"pk": row.pk}, ticket.at + STEP)


def _document(world: World, status: str) -> Place:
    """A circular to 市城管局, issued or on its way, with the page that bears the signature."""
    row = brought(world.cast, Standing(status or "issued"))
    file = 0
    if row.serial is not None:
        done = attach(row.pk, file=io.BytesIO(PDF), name="签批页.pdf", actor=world.cast.actor("supervisor"), now=NOON)
        assert done.ok, done.refusals
        file = DocumentFile.objects.get(document=row).pk
    return Place({"pk": row.pk, "file": file, "name": "void"})


def _dispute(world: World, step: str) -> Place:
    """A dispute between 市城管局 and 市生态环境局, brought to a step, with a signed page where it is signed."""
    row = panels.brought(world.cast, step or "open")
    page = panels.paged(world.cast, row) if step in {"signed", "ruled"} else 0
    row.refresh_from_db()
    return Place({"pk": row.pk, "page": page, "name": "state"}, row.last_at + STEP)


def _precedent(world: World, step: str) -> Place:
    """A ruling to be followed again, and the precedent that it has become by this step."""
    dispute = rulings.reusable(world.cast)
    if step == "ruled":
        return Place({"dispute": dispute.pk}, dispute.last_at + STEP)
    there = Precedent.objects.count()
    words = "；".join((rulings.WORDS, *("早晨", "行人", "机动车道", "清理")[:there]))
    row = rulings.brought(world.cast, dispute, step, words=words)  # each says more than those before: it is followed
    return Place({"pk": row.pk, "name": "challenge"}, row.last_at + STEP)


def _handover(world: World, status: str) -> Place:
    """A list handed to a medium with 市城管局's answer, or on its way; with a scan of what was published."""
    row = handed(world.cast, Handed(status or "answered"))
    scan = Upload(io.BytesIO(PDF), "版面.pdf")
    if row.handed_at is not None:
        said = MediaOrder(deed=MediaDeed.PUBLISH, title="路口清出一条道", text="第3版", on=NOON.date())
        done = add_scan(row.pk, order=said, uploads=[scan], actor=world.cast.actor("supervisor"), now=NOON)
        assert done.ok, done.refusals
    file = HandoverFile.objects.filter(handover=row).values_list("pk", flat=True).first() or 0
    return Place({"pk": row.pk, "file": file, "name": "withdraw"}, NOON)


def _answer(world: World, _: str) -> Place:
    """A list that was handed over; the unit's answer lies with the office."""
    row = handed(world.cast, Handed.HANDED)
    assert media_deed(world.cast, row, "cgj_handler", MediaDeed.ANSWER).ok
    return Place({"pk": row.pk, "name": "release"}, NOON)


def _partner(world: World, _: str) -> Place:
    """合作媒体."""
    return Place({"pk": media_partner(world.cast).pk})


def _instruction(world: World, status: str) -> Place:
    """An instruction that the supervisor and the team leader are named for, with a scan; 市城管局 is asked."""
    row = instructed(world.cast, InstructionStatus(status or "distributed"))
    done = attach_scan(
        row.pk,
        order=InstructionOrder(deed=InstructionDeed.ATTACH),
        uploads=[Upload(io.BytesIO(PDF), "批示原件.pdf")],
        actor=world.cast.actor("supervisor"),
        now=NOON,
    )
    assert done.ok, done.refusals
    file = InstructionFile.objects.get(instruction=row).pk
    unit = {"unit": "CGJ", "text": "请补充"} if row.reported else {}
    return Place({"pk": row.pk, "file": file, "name": "move-due"}, NOON, unit)


def _leader(world: World, _: str) -> Place:
    """A leader of the city."""
    assert world.cast.user("supervisor")
    return Place({"pk": city_leader().pk}, NOON, {"order": 5})


CASES: Final[dict[str, Callable[[World, str], Place]]] = {
    "": lambda _world, _more: Place({}),
    "with": lambda _world, more: Place(_value(more)),
    "ordinary": _ordinary,
    "secret": _secret,
    "proof": _proof,
    "act": _act,
    "stage": _stage,
    "notice": _notice,
    "message": _message,
    "clock_fault": _clock_fault,
    "emergency": _emergency,
    "note": _note,
    "task_force": _task_force,
    "told": _told,
    "rule_draft": _rule_draft,
    "absence": _absence,
    "sample": _sample,
    "view": _view,
    "check": _check,
    "shift": _shift,
    "person": _person,
    "item": _item,
    "correction": _correction,
    "supervision": _supervision,
    "begun": _begun,
    "visit": _visit,
    "campaign": _campaign,
    "criticism": _criticism,
    "document": _document,
    "dispute": _dispute,
    "precedent": _precedent,
    "instruction": _instruction,
    "leader": _leader,
    "handover": _handover,
    "answer": _answer,
    "partner": _partner,
}


def act_in(route: Route) -> str:
    """The act that an address does."""
    parts = [part.replace("-", "_") for part in route.path.split("/")]
    return next((part for part in reversed(parts) if part in SCENES), "")


def proposed(route: Route) -> tuple[str, ...]:
    """Cases for an address that the table does not know yet."""
    if act_in(route) and "number" in route.params:
        return ("act",)
    if "number" in route.params:
        return ("ordinary", "secret")
    return ("item:published",) if route.params == ("code",) else ("",) if not route.params else ("with:",)


SAID: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/calendar/drafts/notice": {
        "year": 2027,
        "source": "放假通知",
        "notice": "元旦：1月1日放假",
        "complete": True,
    },
    "/api/v1/calendar/drafts/city-days": {"source": "市政府决定", "lines": "2026-12-30,停办,大雪"},
    "/api/v1/calendar/drafts/hours": {"source": "夏令时", "lines": "08:30-12:00"},
    "/api/v1/calendar/drafts/<draft_id>/publish": {"edit": 1},
    "/api/v1/profiles/drafts/<draft_id>/publish": {"edit": 1},
    "/api/v1/directory/drafts": {"source": "讨论稿", "lines": "规则编号"},
    "/api/v1/directory/drafts/<draft_id>/publish": {"edit": 1},
    "/api/v1/profiles/drafts/<draft_id>/rehearse": {"months": 1},
    "/api/v1/profiles/drafts": {
        "base_key": "hefei-2021",
        "base_version": 1,
        "name": "合肥",
        "effective_from": "2026-05-01",
        "source": "讨论稿",
        "settings": {"limits": {"reply": {"default": "5wd"}}, "emergency": {"default": "48h"}},
    },
    "/api/v1/duty/<unit>/turns": {
        "kind": "day",
        "name": "赵海涛",
        "phone": "13900000011",
        "begins_at": "2026-05-08T08:00:00+08:00",
        "ends_at": "2026-05-08T18:00:00+08:00",
    },
    "/api/v1/supervision/criticisms/<pk>/decide": {"taken": True},
    "/api/v1/documents": {"kind": "circular", "title": "通报", "body": "现将情况通报如下。", "recipients": ["CGJ"]},
    "/api/v1/media-partners": {"name": "合肥电台", "kind": "radio"},
    "/api/v1/media-partners/<pk>": {"name": "合肥电台", "kind": "radio"},
    "/api/v1/instructions": {"leader": 1, "given_on": "2026-03-17", "text": "请查处"},
    "/api/v1/instructions/leaders": {"name": "周明远", "position": "副市长"},
    "/api/v1/supervision/<pk>/record-visit": {
        "problem": False,
        "text": "现场已经清理",
        "answers": dict.fromkeys(("remains", "as_replied", "measures", "contacted", "recurs"), "unclear"),
    },
    "/api/v1/tickets/<number>/contact": {"reason": "上门前联系"},
    "/api/v1/tickets/<number>/attachments/<attachment>/remove": {"reason": "传错了"},
    "/tickets/<number>/attachments/<attachment>/remove/": {"reason": "传错了"},
    "/api/v1/emergencies": {"name": "低温", "reason": "雨雪", "planned_end": "2026-04-01T08:00:00+08:00"},
    "/api/v1/emergencies/preview": {"name": "低温", "reason": "雨雪", "planned_end": "2026-04-01T08:00:00+08:00"},
    "/api/v1/emergencies/<emergency>/lengthen": {"planned_end": "2026-05-01T08:00:00+08:00"},
    "/api/v1/emergencies/<emergency>/forces": {
        "name": "防汛专班",
        "last_day": "2026-04-01",
        "members": [
            {"account": "ly_dispatcher", "role": "unit_handler"},
            {"account": "ly_head", "role": "unit_head"},
        ],
    },
    "/api/v1/knowledge/suggest": {"said": "占道经营谁管"},
    "/api/v1/intake": spoken(REGISTER),
    "/api/v1/people": {"full_name": "陈新", "unit": "CGJ", "username": "chenxin"},
    "/api/v1/people/<person>/data": {"full_name": "孙丽华", "unit": "CGJ"},
    "/api/v1/people/<person>/roles": {"role": "unit_handler"},
    "/api/v1/people/<person>/switch-off": {"reason": "调离"},
    "/api/v1/views": {"desk": "tickets", "name": "加急", "filters": [{"name": "urgency", "value": "urgent"}]},
    "/api/v1/handling/absences": {"stand_in": 999999, "first": "2026-05-01", "last": "2026-05-02", "reason": "出差"},
    "/api/v1/intake/call-notes": {"kind": "silent"},
    "/knowledge/corrections/<number>/": {"accepted": "yes", "answer": "已经更正"},
    "/search/": {"q": "13800000000"},
}
"""What is posted where an empty form would be turned away before anybody asks who it is from."""
FILES: Final[dict[str, dict[str, str]]] = {
    "/tickets/<number>/attachments/": {"purpose": "handling"},
    "/api/v1/tickets/<number>/attachments": {"purpose": "handling"},
    "/api/v1/supervision/<pk>/visit-photos": {},
}
"""Where a file is sent in, and with what."""
