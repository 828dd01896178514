"""The duty roster as an app."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """值班表."""

    name = "hotline.registry.duty"
    label = "duty"
    verbose_name = "值班表"
