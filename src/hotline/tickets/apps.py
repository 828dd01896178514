"""The tickets app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """One matter, one ticket (工单)."""

    name = "hotline.tickets"
    label = "tickets"
    verbose_name = "工单"
