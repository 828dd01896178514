"""The team leaders' desk as a Django app."""

from django.apps import AppConfig


class LeadingConfig(AppConfig):
    """班长台."""

    name = "hotline.stages.leading"
    label = "leading"
    verbose_name = "班长台"
