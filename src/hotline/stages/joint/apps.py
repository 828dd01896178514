"""The joint stage as a Django app."""

from django.apps import AppConfig


class JointConfig(AppConfig):
    """③′ 联合会办."""

    name = "hotline.stages.joint"
    label = "joint"
    verbose_name = "联合会办"

    def ready(self) -> None:
        """Signed pages lie with the tickets' files, and are not swept away while they are needed."""
        from hotline.stages.joint.commands.files import needed
        from hotline.tickets.attachments.store import KEEPERS

        KEEPERS.append(needed)
