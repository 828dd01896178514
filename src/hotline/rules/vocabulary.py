"""The words of the trade as closed lists: stages, roles, kinds of request, clocks.

Everyone relies on these names; each has a row in docs/glossary.md (a fitness test demands it).
Sources: docs/glossary.md; national rules 国办发〔2020〕53号, GB/T 33358-2016, DB12/T 1438-2025.
"""

from collections.abc import Mapping
from datetime import timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Final, NewType

CITY_TZ: Final = timezone(timedelta(hours=8), "CST")
"""The whole country keeps one time without summer time; limits are counted in it."""

UnitCode = NewType("UnitCode", str)
CategoryCode = NewType("CategoryCode", str)
RegionCode = NewType("RegionCode", str)
TicketNo = NewType("TicketNo", str)


class Stage(StrEnum):
    """Where a ticket stands (工单环节). `new` is the moment before the first event."""

    NEW = "new"
    DRAFT = "draft"
    REGISTERED = "registered"
    NOT_ACCEPTED = "not_accepted"
    ANSWERED_DIRECTLY = "answered_directly"
    TRANSFERRED = "transferred"
    PENDING_DISPATCH = "pending_dispatch"
    PENDING_SIGN = "pending_sign"
    RETURN_REQUESTED = "return_requested"
    JURISDICTION_DISPUTE = "jurisdiction_dispute"
    JOINT_HANDLING = "joint_handling"
    HANDLING = "handling"
    PENDING_SIGN_OFF = "pending_sign_off"
    PENDING_REVIEW = "pending_review"
    PENDING_CALLBACK = "pending_callback"
    PENDING_CLOSE = "pending_close"
    REWORK = "rework"
    PARKED = "parked"
    CLOSED = "closed"
    MERGED = "merged"
    VOIDED = "voided"
    ARCHIVED = "archived"


TERMINAL: Final = frozenset(
    {
        Stage.NOT_ACCEPTED,
        Stage.ANSWERED_DIRECTLY,
        Stage.TRANSFERRED,
        Stage.CLOSED,
        Stage.MERGED,
        Stage.VOIDED,
        Stage.ARCHIVED,
    }
)
"""Stages in which nobody owes the citizen anything more."""

OPEN: Final = frozenset(Stage) - TERMINAL - {Stage.NEW}
AT_UNIT: Final = frozenset({Stage.PENDING_SIGN, Stage.HANDLING, Stage.PENDING_SIGN_OFF, Stage.REWORK, Stage.PARKED})
"""Stages in which the handling unit holds the ticket."""

WORKING: Final = frozenset({Stage.HANDLING, Stage.REWORK})
"""Stages in which the unit works on the matter itself."""


class RequestType(StrEnum):
    """诉求类型 (DB12/T 1438-2025)."""

    CONSULTATION = "consultation"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    OTHER = "other"


class Urgency(StrEnum):
    """一般 needs investigation, 紧急 is hard to handle later, 特急 also has a serious result."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    CRITICAL = "critical"


class Channel(StrEnum):
    """Two letters in the ticket number say how the request came in (ours, P)."""

    PHONE = "DH"
    WECHAT = "WX"
    WEB = "WZ"
    APP = "AP"
    SMS = "SM"
    MAILBOX = "XX"
    POLICE_110 = "GB"
    SUPERIOR = "SJ"
    LEADER_DAY = "LD"
    OTHER_LINE = "OT"


class Role(StrEnum):
    """岗位. One person may hold several; the three administrators are separated (三员分立)."""

    AGENT = "agent"
    TEAM_LEADER = "team_leader"
    DISPATCHER = "dispatcher"
    DISTRICT_DISPATCHER = "district_dispatcher"
    UNIT_HANDLER = "unit_handler"
    SECTION_HEAD = "section_head"
    DEPUTY_HEAD = "deputy_head"
    UNIT_HEAD = "unit_head"
    REVIEWER = "reviewer"
    CALLBACK_OFFICER = "callback_officer"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    CITIZEN = "citizen"
    SYSTEM = "system"


UNIT_ROLES: Final = frozenset(
    {Role.DISTRICT_DISPATCHER, Role.UNIT_HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD}
)
TASK_FORCE: Final = "task_force"
"""The group of temporary units; a role in one counts there only."""

OFFICE_ROLES: Final = frozenset(
    {
        Role.AGENT,
        Role.TEAM_LEADER,
        Role.DISPATCHER,
        Role.REVIEWER,
        Role.CALLBACK_OFFICER,
        Role.SUPERVISOR,
        Role.DIRECTOR,
        Role.AUDITOR,
    }
)
ADMIN_ROLES: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


class ClockKind(StrEnum):
    """Every time limit somebody answers for (时限).

    `reply` is the promise to the citizen and runs on whatever happens inside; `unit_reply` is what the
    handling unit is judged by and restarts when the ticket is reassigned.
    """

    INTAKE = "intake"
    DISPATCH = "dispatch"
    SIGN_IN = "sign_in"
    FIRST_CONTACT = "first_contact"
    REPLY = "reply"
    UNIT_REPLY = "unit_reply"
    RETURN_WINDOW = "return_window"
    RETURN_RULING = "return_ruling"
    EXTENSION_RULING = "extension_ruling"
    INNER_REPLY = "inner_reply"
    REVIEW = "review"
    CALLBACK = "callback"
    CLOSE = "close"
    PHONE_FEEDBACK = "phone_feedback"
    CO_TASK = "co_task"
    MEDIATION = "mediation"
    QUICK_RULING = "quick_ruling"
    PANEL = "panel"
    OBJECTION = "objection"
    PARK_REVIEW = "park_review"


WINDOWS: Final = frozenset({ClockKind.RETURN_WINDOW, ClockKind.OBJECTION})
"""Clocks after which a right ends; when they run out nobody is late."""

DUTIES: Final = tuple(kind for kind in ClockKind if kind not in WINDOWS)
"""Clocks by which somebody owes something."""

RESTS_UNASKED: Final = frozenset({"joint_handling", "parked"})
"""Why time can stand still without anybody having granted a pause."""

PROMISES: Final = frozenset({ClockKind.REPLY, ClockKind.UNIT_REPLY})
"""Clocks that an emergency or a superior's date can shorten and an extension can lengthen."""


class Rating(IntEnum):
    """满意度: five levels, kept apart from responded and resolved."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    BASICALLY_SATISFIED = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


class Resolution(StrEnum):
    """解决情况, as the citizen says it in the callback or as the unit reports it."""

    RESOLVED = "resolved"
    PARTLY = "partly"
    UNRESOLVED = "unresolved"


class Finding(StrEnum):
    """查办发现: what an inspection has brought to light, which may begin another unit's task."""

    NOTHING = "nothing"
    VIOLATION = "violation"
    CRIME = "crime"
    PERSISTS = "persists"
    DANGER = "danger"
    HARM = "harm"
    OTHER = "other"


class Contact(StrEnum):
    """What came of one callback attempt."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong_number"


class Flag(StrEnum):
    """Marks that lie across the stages; set and cleared by named acts only."""

    CONFIDENTIAL = "confidential"
    GROUP = "group"
    ENTERPRISE = "enterprise"
    INSTRUCTION = "instruction"
    KEY = "key"
    THREAT = "threat"
    REPEAT = "repeat"
    MEDIA = "media"
    BY_PHONE = "by_phone"
    COMPLEX = "complex"
    OBJECTED = "objected"
    ESCALATED = "escalated"
    PROVISIONAL_LEAD = "provisional_lead"
    RULED_LEAD = "ruled_lead"
    IN_REWORK = "in_rework"
    CALLBACK_REFUSED = "callback_refused"


LEFT_BY_ACTS: Final = frozenset(
    {
        Flag.BY_PHONE,
        Flag.OBJECTED,
        Flag.ESCALATED,
        Flag.PROVISIONAL_LEAD,
        Flag.RULED_LEAD,
        Flag.IN_REWORK,
        Flag.CALLBACK_REFUSED,
    }
)
"""Marks that other acts leave behind; nobody sets or clears them by hand."""

HEAVY: Final = frozenset({Flag.KEY, Flag.INSTRUCTION})
"""重件: the head of the unit signs these, not only a deputy (Bengbu 2017)."""

RANKS: Final = (
    Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD,
)  # fmt: skip
"""Roles of a unit from the desk upwards; a higher one signs for those below."""


class Paper(StrEnum):
    """What the heads of a unit sign before it leaves the unit (Bengbu 2017; Shanghai Putuo 2023 for returns)."""

    REPLY = "reply"
    RETURN = "return"
    EXTENSION = "extension"
    PARK = "park"


class Proposal(StrEnum):
    """An act that needs a second person: asked by one, decided by another."""

    DECLINE = "decline"
    VOID = "void"
    EXTENSION = "extension"
    PARK = "park"
    TASK_RETURN = "task_return"


DECIDED_IN: Final[Mapping[Proposal, frozenset[Stage]]] = {
    Proposal.DECLINE: frozenset({Stage.DRAFT, Stage.REGISTERED}),
    Proposal.VOID: OPEN,
    Proposal.EXTENSION: WORKING,
    Proposal.PARK: WORKING | {Stage.PENDING_CLOSE, Stage.PARKED},
    Proposal.TASK_RETURN: WORKING | {Stage.PENDING_SIGN, Stage.RETURN_REQUESTED},
}
"""Where a proposal waits for its decision; when the ticket goes on to another stage it is dropped."""

SIGNED_IN: Final[Mapping[Paper, frozenset[Stage]]] = {
    Paper.REPLY: frozenset({Stage.PENDING_SIGN_OFF}),
    Paper.RETURN: frozenset({Stage.PENDING_SIGN, Stage.HANDLING}),
    Paper.EXTENSION: WORKING,
    Paper.PARK: DECIDED_IN[Proposal.PARK],
}
"""Where a paper waits for signatures; when the ticket goes on to another stage it is dropped."""

OF_THE_UNIT: Final = frozenset({Proposal.EXTENSION, Proposal.PARK})
"""What the lead unit asks for itself; dropped when another unit takes the lead."""


class SupervisionKind(StrEnum):
    """五个督办."""

    PLATFORM = "platform"
    KEY = "key"
    SPECIAL = "special"
    ON_SITE = "on_site"
    MEDIA = "media"


class Purpose(StrEnum):
    """What an attachment is there for."""

    REQUEST = "request"
    HANDLING = "handling"
    RETURN = "return"
    VISIT = "visit"
    PARKING = "parking"


class VisibleTo(StrEnum):
    """Whom an attachment is for. `unit` is the office's word that a unit may see it on a confidential ticket too."""

    TICKET = "ticket"
    OFFICE = "office"
    UNIT = "unit"


class FileKind(StrEnum):
    """Kinds of files that are taken in, by content; nothing that can run or hide a program."""

    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TXT = "txt"
    MP3 = "mp3"
    WAV = "wav"
    MP4 = "mp4"
