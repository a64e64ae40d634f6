"""Django's entry to the kernel room."""

from django.apps import AppConfig
from django.core import checks


class KernelConfig(AppConfig):
    name = "rundbord.kernel"
    label = "kernel"
    verbose_name = "Kernel"

    def ready(self) -> None:
        from rundbord.kernel.encryption.keyring import check_key_file

        checks.register(check_key_file, checks.Tags.security)
