"""The supervision app."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """督办."""

    name = "hotline.oversight.supervision"
    label = "supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Evidence lies with the tickets' files, and is not swept away while it is needed."""
        from hotline.oversight.supervision.files import needed
        from hotline.tickets.attachments.store import KEEPERS

        KEEPERS.append(needed)
