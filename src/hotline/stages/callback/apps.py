"""The callback stage as a Django app."""

from django.apps import AppConfig


class CallbackConfig(AppConfig):
    """⑤ 回访."""

    name = "hotline.stages.callback"
    label = "callback"
    verbose_name = "回访"
