"""Tables of the ticket. State columns carry the names of rules.state.TicketState and are written from it only.

Who asked stands in a table of its own, typed words in another: both can be erased while the ledger stays whole.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from hotline.rules.vocabulary import TERMINAL, Stage
from hotline.tickets.attachment_models import Attachment
from hotline.tickets.check_models import LedgerCheck
from hotline.tickets.claim_models import Claim
from hotline.tickets.ordering import due_key, urgency_rank

__all__ = [
    "Attachment",
    "Claim",
    "Disclosure",
    "LedgerCheck",
    "LedgerEntry",
    "PostedForm",
    "Requester",
    "SourceRecord",
    "Ticket",
    "TicketClock",
    "TicketText",
]

ENDED = Q(stage__in=sorted(stage.value for stage in TERMINAL - {Stage.ARCHIVED}))
OPEN_STAGES = ~Q(stage__in=sorted(stage.value for stage in TERMINAL))
CODE = 32


class Ticket(models.Model):
    """工单 as it stands now: the fold of its ledger, kept as a row so that lists are quick."""

    number = models.CharField(max_length=CODE, unique=True)
    query_code = models.CharField(
        max_length=64, help_text="keyed digest; the code itself is told once and kept nowhere"
    )
    created_at = models.DateTimeField()
    title = models.CharField(max_length=200)

    stage = models.CharField(max_length=CODE)
    version = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    channel = models.CharField(max_length=2)
    request_type = models.CharField(max_length=CODE)
    category = models.CharField(max_length=6, blank=True)
    region = models.CharField(max_length=12, blank=True)
    urgency = models.CharField(max_length=CODE)
    flags = ArrayField(models.CharField(max_length=CODE), default=list)
    tags = ArrayField(models.CharField(max_length=CODE), default=list, db_default=[])
    contactable = models.BooleanField(default=True)
    briefed = models.BooleanField(default=False)
    superior_due_at = models.DateTimeField(null=True)
    profile = models.CharField(max_length=64)
    accepted_at = models.DateTimeField(null=True)
    lead_unit = models.CharField(max_length=CODE, blank=True)
    co_units = ArrayField(models.CharField(max_length=CODE), default=list)
    co_done = ArrayField(models.CharField(max_length=CODE), default=list)
    tasks = models.JSONField(default=list, db_default=[])
    guidance = ArrayField(models.CharField(max_length=CODE), default=list, db_default=[])
    copied = ArrayField(models.CharField(max_length=CODE), default=list, db_default=[])
    first_unit = models.CharField(max_length=CODE, blank=True)
    delegation = models.JSONField(null=True)
    dispatches = models.PositiveIntegerField(default=0)
    failed_dispatches = models.PositiveIntegerField(default=0)
    founded_returns = models.PositiveIntegerField(default=0)
    returned_by = ArrayField(models.CharField(max_length=CODE), default=list)
    objected_by = ArrayField(models.CharField(max_length=CODE), default=list)
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    signing = models.JSONField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    reworks = models.PositiveSmallIntegerField(default=0)
    send_backs = models.PositiveSmallIntegerField(default=0)
    grade = models.CharField(max_length=CODE, blank=True, default="")
    attempts = ArrayField(models.DateTimeField(), default=list)
    responded = models.BooleanField(null=True)
    resolution = models.CharField(max_length=CODE, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=CODE, blank=True)
    master = models.CharField(max_length=CODE, blank=True)
    proposals = models.JSONField(default=dict)

    due_at = models.DateTimeField(null=True, help_text="what the holder of the ticket owes next, for lists and lights")
    due_kind = models.CharField(max_length=CODE, blank=True)
    visible_units = ArrayField(models.CharField(max_length=CODE), default=list)
    awaits_signature = models.CharField(max_length=CODE, blank=True, help_text="role in the lead unit that signs next")
    head_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(F("stage"), due_key(), F("id"), name="ticket_stage_due", condition=OPEN_STAGES),
            models.Index(due_key(), F("id"), name="ticket_due"),
            models.Index(urgency_rank(), F("created_at"), F("id"), name="ticket_urgent"),
            models.Index(fields=["id"], name="ticket_asking", condition=~Q(proposals={})),
            models.Index(fields=["-created_at", "-id"], name="ticket_newest"),
            models.Index(fields=["stage", "-created_at", "-id"], name="ticket_stage_newest"),
            models.Index(fields=["lead_unit", "stage", "due_at"], name="ticket_lead_stage_due"),
            models.Index(fields=["category", "-created_at"], name="ticket_category_newest"),
            models.Index(
                fields=["lead_unit", "awaits_signature"], name="ticket_to_sign", condition=~Q(awaits_signature="")
            ),
            GinIndex(fields=["visible_units"], name="ticket_visible_units"),
            GinIndex(fields=["flags"], name="ticket_flags"),
            GinIndex(fields=["tags"], name="ticket_tags", condition=~Q(tags=[])),
            models.Index(fields=["last_at"], name="ticket_last_at"),
            models.Index(fields=["closed_at"], name="ticket_rated", condition=Q(rating__isnull=False)),
            models.Index(fields=["master"], name="ticket_joined", condition=~Q(master="")),
            models.Index(fields=["closed_at", "id"], name="ticket_to_archive", condition=ENDED),
        ]

    def __str__(self) -> str:
        return self.number


class Requester(models.Model):
    """诉求人: personal data of one ticket, and nowhere else. Erased by emptying the row."""

    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="requester")
    kind = models.CharField(max_length=CODE, default="person")
    name = models.CharField(max_length=80, blank=True)
    gender = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    alt_phone = models.CharField(max_length=32, blank=True)
    id_no = models.CharField(max_length=32, blank=True)
    company_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    special_groups = ArrayField(models.CharField(max_length=CODE), default=list)
    language = models.CharField(max_length=CODE, blank=True)
    contact_preference = models.CharField(max_length=CODE, blank=True)
    may_pass_on = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone"], name="requester_phone", condition=~Q(phone=""))]

    def __str__(self) -> str:
        return f"requester of {self.ticket_id}"


class TicketClock(models.Model):
    """时限: one running or ended limit. The current one of a kind is the one with the highest round."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=CODE)
    of = models.CharField(max_length=CODE, default="", db_default="", help_text="the co-unit whose own clock it is")
    round = models.PositiveSmallIntegerField()
    limit = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)
    overdue_at = models.DateTimeField(null=True)
    extension = models.PositiveSmallIntegerField(default=0)
    pauses = models.JSONField(default=list)
    paused = models.BooleanField(default=False)
    reminded = models.PositiveSmallIntegerField(default=0, help_text="percent of its time at the last reminder")
    reminded_from = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    criticised_at = models.DateTimeField(null=True)
    fires_at = models.DateTimeField(null=True, help_text="when the engine looks at it next; no part of the state")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "kind", "of", "round"], name="clock_once_a_round")]
        indexes = [
            models.Index(
                fields=["fires_at", "id"],
                name="clock_firing",
                condition=Q(fires_at__isnull=False),
                include=["ticket"],
            ),
            models.Index(
                fields=["stopped_at"], name="clock_reply_judged", condition=Q(kind="reply", met__isnull=False)
            ),
            models.Index(fields=["ticket"], name="clock_parked", condition=Q(kind="park_review")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.round} of {self.ticket_id}"


class LedgerEntry(models.Model):
    """台账: one event, for good. Append-only by trigger and by the application role's rights."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=CODE)
    role = models.CharField(max_length=CODE)
    unit = models.CharField(max_length=CODE, blank=True)
    stage = models.CharField(max_length=CODE)
    payload = models.JSONField()
    clocks = models.JSONField()
    digests = models.JSONField(help_text="keyed digest of each text typed in the act, by field")
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "seq"], name="ledger_gapless_order")]
        indexes = [models.Index(fields=["recorded_at"], name="ledger_recorded_at")]

    def __str__(self) -> str:
        return f"{self.ticket_id}#{self.seq} {self.name}"


class TicketText(models.Model):
    """Words typed in an act. The ledger holds only their digest, so that they can be erased and never forged.

    `terms` are what searching finds them by; both are emptied together.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    field = models.CharField(max_length=CODE)
    body = models.TextField()
    terms = SearchVectorField(default="")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "seq", "field"], name="text_once_an_act")]
        indexes = [GinIndex(fields=["terms"], name="text_terms")]

    def __str__(self) -> str:
        return f"{self.field} of {self.ticket_id}#{self.seq}"


class SourceRecord(models.Model):
    """Where an imported ticket came from; the pair is unique, so importing again registers nothing.

    The keyed digest of what stood there tells an import repeated from another request under the same number.
    """

    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="source")
    system = models.CharField(max_length=64)
    source_id = models.CharField(max_length=128)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "source_id"], name="source_once")]

    def __str__(self) -> str:
        return f"{self.system}:{self.source_id}"


class PostedForm(models.Model):
    """A form carries a token; posted twice it finds what the first post made."""

    token = models.CharField(max_length=64, primary_key=True)
    actor = models.CharField(max_length=CODE)
    number = models.CharField(max_length=CODE)
    posted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.token


class Disclosure(models.Model):
    """Who looked at a requester's contact, when and why. Append-only like the ledger."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="disclosures")
    actor = models.CharField(max_length=CODE)
    role = models.CharField(max_length=CODE)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.actor} saw the requester of {self.ticket_id}"
