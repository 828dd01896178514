"""The units registry as an app."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Units and who stands above them."""

    name = "hotline.registry.units"
    label = "units"
    verbose_name = "承办单位"
