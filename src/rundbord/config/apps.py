from django.apps import AppConfig
from django.urls import register_converter

from rundbord.kernel.ids import PublicIdConverter


class ConfigConfig(AppConfig):
    """Settings, addresses, the demonstration; and the converter that public ids in addresses need."""

    name = "rundbord.config"
    label = "config"

    def ready(self) -> None:
        register_converter(PublicIdConverter, "pid")
