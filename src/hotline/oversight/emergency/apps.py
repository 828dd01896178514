"""The emergency app: switching, previews, task forces."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """Emergencies and what they move."""

    name = "hotline.oversight.emergency"
    label = "emergency"
    verbose_name = "应急状态的启用与解除"
