"""The shell as a Django app: templates, tags and static files."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "rundbord.shell"
    label = "shell"
