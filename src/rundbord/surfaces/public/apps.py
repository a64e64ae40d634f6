from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "rundbord.surfaces.public"
    label = "public"
