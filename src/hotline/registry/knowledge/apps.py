"""The knowledge base as an app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Items, their versions, where they were cited, and what was found wrong with them."""

    name = "hotline.registry.knowledge"
    label = "knowledge"
    verbose_name = "知识库"
