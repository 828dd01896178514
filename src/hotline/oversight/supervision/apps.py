"""The supervision app."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """督办."""

    name = "hotline.oversight.supervision"
    label = "supervision"
    verbose_name = "督办"
