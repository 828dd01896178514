"""The precedents app."""

from django.apps import AppConfig


class PrecedentsConfig(AppConfig):
    """先例."""

    name = "hotline.tickets.precedents"
    label = "precedents"
    verbose_name = "先例"
