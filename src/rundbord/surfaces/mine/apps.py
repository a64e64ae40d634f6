from django.apps import AppConfig


class MineConfig(AppConfig):
    name = "rundbord.surfaces.mine"
    label = "mine"
