"""Drafts as a Django app."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Half-filled forms, each seen by its writer alone."""

    name = "hotline.desks.drafts"
    label = "drafts"
    verbose_name = "未提交的草稿"
