"""The plumbing keeps one table: which reaction to which event has run."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "hotline.plumbing"
    label = "plumbing"
