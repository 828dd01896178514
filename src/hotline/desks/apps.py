"""The desks app."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    """Shell, lists and the ticket page."""

    name = "hotline.desks"
    label = "desks"
    verbose_name = "工作台"
