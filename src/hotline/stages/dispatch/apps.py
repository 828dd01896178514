"""The dispatch stage as a Django app."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """② 转办."""

    name = "hotline.stages.dispatch"
    label = "dispatch"
    verbose_name = "转办"
