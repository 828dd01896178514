"""The messaging app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messages to citizens and units, and the ringing of the duty roster."""

    name = "hotline.oversight.messaging"
    label = "messaging"
    verbose_name = "短信与值班呼叫"
