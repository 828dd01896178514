"""The categories registry as an app."""

from django.apps import AppConfig


class CategoriesConfig(AppConfig):
    """Categories and request types."""

    name = "hotline.registry.categories"
    label = "categories"
    verbose_name = "事项分类"
