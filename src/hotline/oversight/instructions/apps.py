"""The instructions app."""

from django.apps import AppConfig


class InstructionsConfig(AppConfig):
    """领导批示."""

    name = "hotline.oversight.instructions"
    label = "instructions"
    verbose_name = "领导批示"

    def ready(self) -> None:
        """Scans lie with the tickets' files, and are not swept away while they are needed."""
        from hotline.oversight.instructions.files import needed
        from hotline.tickets.attachments.store import KEEPERS

        KEEPERS.append(needed)
