from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rundbord.people"
    label = "people"
