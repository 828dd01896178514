"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices to people of the office and of units."""

    name = "hotline.oversight.notices"
    label = "notices"
    verbose_name = "消息提醒"
