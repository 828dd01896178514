"""The handling stage as a Django app."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """③ 办理."""

    name = "hotline.stages.handling"
    label = "handling"
    verbose_name = "办理"
