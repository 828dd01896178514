"""One table: what is to be sent, what was, and what could not be."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "hotline.plumbing.outbox"
    label = "outbox"
