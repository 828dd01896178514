"""The regions registry as an app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """The city and its administrative regions."""

    name = "hotline.registry.regions"
    label = "regions"
    verbose_name = "行政区划"
