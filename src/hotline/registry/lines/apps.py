"""The lines registry as an app."""

from django.apps import AppConfig


class LinesConfig(AppConfig):
    """Channels, source lines, tags and reasons."""

    name = "hotline.registry.lines"
    label = "lines"
    verbose_name = "渠道与代码表"
