"""The calendars registry as an app."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Days, office hours and rule profiles."""

    name = "hotline.registry.calendars"
    label = "calendars"
    verbose_name = "日历与规则方案"
