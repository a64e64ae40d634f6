from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "rundbord.topics"
    label = "topics"
