from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "rundbord.surfaces.office"
    label = "office"
