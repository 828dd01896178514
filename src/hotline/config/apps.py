"""The last app to be ready: by then every stage is loaded, so the reactions can be told to the jobs."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "hotline.config"
    label = "config"

    def ready(self) -> None:
        from hotline import wiring

        wiring.register()
