"""Saved views as a Django app."""

from django.apps import AppConfig


class ViewsConfig(AppConfig):
    """Filters kept by name, per person or shared with a role."""

    name = "hotline.desks.views"
    label = "views"
    verbose_name = "保存的视图"
