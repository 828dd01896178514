"""Tables of the callback desk: what is to be done next, what citizens were asked and answered, samples, monthly lists.

Nothing here decides about a ticket: the ledger does. A task can be worked out anew at any time from ticket and answer.
"""

from django.db import models
from django.db.models import Q

CODE = 32


class CallbackTask(models.Model):
    """回访任务: the plan of one ticket that awaits its callback, as it was worked out for a version of the ticket.

    It holds for that version and until `turns_at`; a list works it out anew wherever one of the two has passed.
    """

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="callback_task")
    version = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=CODE)
    next_at = models.DateTimeField(help_text="not before; from then on whenever people may be rung")
    reason = models.CharField(max_length=CODE * 2)
    params = models.JSONField(default=dict)
    heavy = models.BooleanField(default=False)
    turns_at = models.DateTimeField(null=True, help_text="when the plan changes by itself: silence has lasted")
    planned_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["method", "next_at"], name="callback_task_next"),
            models.Index(fields=["turns_at"], name="callback_task_turns", condition=~Q(turns_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.ticket_id}"


class Question(models.Model):
    """短信问卷: one message to one citizen in one round of callback, and the answer. The link's token is never kept."""

    class By(models.TextChoices):
        LINK = "link"
        MESSAGE = "message"

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="callback_questions")
    round = models.PositiveSmallIntegerField()
    token_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(help_text="when the message may leave, which is when the wait begins")
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=CODE, choices=By.choices, blank=True)
    responded = models.BooleanField(null=True)
    resolution = models.CharField(max_length=CODE, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    cause = models.CharField(max_length=CODE, blank=True)
    words = models.TextField(blank=True)
    settled = models.BooleanField(null=True)
    unclear = models.BooleanField(default=False)
    answers = models.PositiveSmallIntegerField(default=0, help_text="how often the citizen has answered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "round"], name="callback_asked_once_a_round")]
        indexes = [models.Index(fields=["expires_at"], name="callback_question_open")]

    def __str__(self) -> str:
        return f"question {self.ticket_id}#{self.round}"


class InboundAnswer(models.Model):
    """A short message that came back, by the gateway's own number: sent twice it is taken in once."""

    message_id = models.CharField(max_length=64, primary_key=True)
    received_at = models.DateTimeField()
    result = models.CharField(max_length=CODE)

    def __str__(self) -> str:
        return self.message_id


class DoorCount(models.Model):
    """How often an address has knocked at the public page in a span of time: guessing at links is slowed down."""

    address = models.CharField(max_length=64)
    span = models.DateTimeField()
    knocks = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "span"], name="callback_door_span")]
        indexes = [models.Index(fields=["span"], name="callback_door_old")]

    def __str__(self) -> str:
        return f"{self.knocks} knocks"


class Draw(models.Model):
    """抽样: the drawing of one day's direct answers, with all that is needed to draw again."""

    day = models.DateField(unique=True)
    percent = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    answered = models.PositiveIntegerField(help_text="direct answers of that day")
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.day)


class Sample(models.Model):
    """抽样件: one direct answer that was drawn, and what the citizen says of it. The ticket itself stays as it is."""

    class Result(models.TextChoices):
        WAITING = "waiting"
        SATISFIED = "satisfied"
        DISSATISFIED = "dissatisfied"
        UNREACHED = "unreached"

    class Followed(models.TextChoices):
        TICKET = "ticket"
        CORRECTION = "correction"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="samples")
    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="callback_sample")
    result = models.CharField(max_length=CODE, choices=Result.choices, default=Result.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_attempt_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=CODE, blank=True)
    followed = models.CharField(max_length=CODE, choices=Followed.choices, blank=True)
    followed_ticket = models.CharField(max_length=CODE, blank=True)
    followed_at = models.DateTimeField(null=True)
    followed_by = models.CharField(max_length=CODE, blank=True)

    class Meta:
        indexes = [models.Index(fields=["result", "draw"], name="callback_sample_result")]

    def __str__(self) -> str:
        return f"sample {self.ticket_id}"


class MonthClosed(models.Model):
    """A month whose list has been written down: it does not change any more."""

    month = models.CharField(max_length=7, primary_key=True)
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.month


class MonthLine(models.Model):
    """回访月报的一行: one callback of that month under the unit that led the ticket then. No word of who asked."""

    month = models.CharField(max_length=7)
    unit = models.CharField(max_length=CODE, blank=True)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="callback_month_lines")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=CODE)
    by = models.CharField(max_length=CODE)
    responded = models.BooleanField(null=True)
    resolution = models.CharField(max_length=CODE, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    cause = models.CharField(max_length=CODE, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "seq"], name="callback_month_once")]
        indexes = [models.Index(fields=["month", "unit", "at"], name="callback_month_unit")]

    def __str__(self) -> str:
        return f"{self.month} {self.ticket_id}#{self.seq}"
