"""The recomputing app."""

from django.apps import AppConfig


class RecomputingConfig(AppConfig):
    """Clocks of open tickets counted again."""

    name = "hotline.oversight.recomputing"
    label = "recomputing"
    verbose_name = "重算时限"
