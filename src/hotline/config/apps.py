"""The last app to be ready: by then every stage is loaded, so reactions and live topics can be registered."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "hotline.config"
    label = "config"

    def ready(self) -> None:
        from hotline import wiring
        from hotline.config.live_topics import topics_of
        from hotline.plumbing import live

        wiring.register()
        live.TOPIC_SOURCES[:] = [topics_of]
