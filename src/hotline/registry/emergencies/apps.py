"""The registry of emergencies as an app."""

from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    """Emergency periods and their record."""

    name = "hotline.registry.emergencies"
    label = "emergencies"
    verbose_name = "应急状态"
