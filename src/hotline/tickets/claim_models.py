"""Who has a ticket in hand at a desk. No right and no record: it only keeps two people from doing the same work."""

from django.db import models

CODE = 32


class Claim(models.Model):
    """在看: one person at one desk of one ticket, until a moment. Whoever comes after that takes it over."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="claims")
    desk = models.CharField(max_length=CODE)
    actor = models.CharField(max_length=CODE)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "desk"], name="claim_once_a_desk")]
        indexes = [models.Index(fields=["desk", "until"], name="claim_desk_until")]

    def __str__(self) -> str:
        return f"{self.actor} at {self.desk} of {self.ticket_id}"
