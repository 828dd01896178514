"""The review stage as a Django app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """④ 审核."""

    name = "hotline.stages.review"
    label = "review"
    verbose_name = "审核"
