"""The app of on-site visits."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """现场督办."""

    name = "hotline.oversight.supervision.visits"
    label = "visits"
    verbose_name = "现场督办"
