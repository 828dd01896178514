"""The app of the clock engine."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """What the platform does by itself as time passes."""

    name = "hotline.oversight.clocks"
    label = "clocks"
    verbose_name = "时限引擎"
