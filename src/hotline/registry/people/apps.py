"""The people registry as an app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and roles."""

    name = "hotline.registry.people"
    label = "people"
    verbose_name = "人员与岗位"
