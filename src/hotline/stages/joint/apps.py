"""The joint stage as a Django app."""

from django.apps import AppConfig


class JointConfig(AppConfig):
    """③′ 联合会办."""

    name = "hotline.stages.joint"
    label = "joint"
    verbose_name = "联合会办"
