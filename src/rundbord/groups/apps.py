from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "rundbord.groups"
    label = "groups"
