from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "rundbord.organisations"
    label = "organisations"
