"""The media app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """媒体督办."""

    name = "hotline.oversight.supervision.media"
    label = "media"
    verbose_name = "媒体督办"

    def ready(self) -> None:
        """Scans of publications lie with the tickets' files, and are not swept away while they are needed."""
        from hotline.oversight.supervision.media.files import needed
        from hotline.tickets.attachments.store import KEEPERS

        KEEPERS.append(needed)
