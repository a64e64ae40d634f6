from django.apps import AppConfig


class VenuesConfig(AppConfig):
    name = "rundbord.venues"
    label = "venues"
