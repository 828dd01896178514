"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """公文."""

    name = "hotline.oversight.documents"
    label = "documents"
    verbose_name = "公文"

    def ready(self) -> None:
        """Signed pages lie with the tickets' files, and are not swept away while they are needed."""
        from hotline.oversight.documents.files import needed
        from hotline.tickets.attachments.store import KEEPERS

        KEEPERS.append(needed)
