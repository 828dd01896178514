"""Tickets the engine has set aside: what failed, so that one bad row holds up no other and nobody overlooks it."""

from django.db import models


class ClockFault(models.Model):
    """设置在一旁的工单: one a ticket, removed when its clocks fire again without a fault."""

    ticket = models.OneToOneField("tickets.Ticket", models.PROTECT, related_name="clock_fault")
    error = models.TextField(help_text="personal data masked")
    tries = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"clocks of {self.ticket_id}"
