"""The intake stage as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """① 受理."""

    name = "hotline.stages.intake"
    label = "intake"
    verbose_name = "受理"
