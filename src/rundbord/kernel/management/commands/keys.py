"""`manage.py keys`: the keys that seal personal columns."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rundbord.kernel.encryption import keyring, rotation


class Command(BaseCommand):
    help = (
        "list: keys and how much each holds. new: make a key (copy the file to every host before rotating). "
        "rotate: seal everything with the newest key; may be broken off and run again. "
        "retire N: take a key that holds nothing out of the file (older backups need the older file)."
    )
    requires_system_checks = ()  # one of the checks is that the key file exists

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=("list", "new", "rotate", "retire"))
        parser.add_argument("number", type=int, nargs="?", help="the key to retire")

    def handle(self, *args: Any, do: str, number: int | None, **options: Any) -> None:
        {"list": self.list, "new": self.new, "rotate": self.rotate}.get(do, lambda: self.retire(number))()

    def list(self) -> None:
        ring, used = keyring.load(), rotation.used_keys()
        for key in sorted(ring.keys):
            mark = " active" if key == ring.active else ""
            self.stdout.write(f"{key}: {used.get(key, 0)} values{mark}")

    def new(self) -> None:
        if not keyring.path().exists():
            keyring.create(keyring.path())
            self.stdout.write("key 1 made, active")
            return
        ring = keyring.with_new_key(keyring.load())
        keyring.save(ring)
        self.stdout.write(f"key {max(ring.keys)} made; copy the key file to every host, then: keys rotate")

    def rotate(self) -> None:
        ring = keyring.load()
        newest = max(ring.keys)
        if ring.active != newest:
            keyring.save(keyring.with_active(ring, newest))
        for column in rotation.columns():
            self.stdout.write(f"{column}: {rotation.rotate_column(column)} sealed anew")

    def retire(self, number: int | None) -> None:
        ring = keyring.load()
        if number not in ring.keys or number == ring.active:
            raise CommandError("name a key of the list that is not active")
        if held := rotation.used_keys().get(number, 0):
            raise CommandError(f"key {number} still holds {held} values: run keys rotate first")
        keyring.save(keyring.without(ring, number))
        self.stdout.write(f"key {number} retired; backups sealed with it open only with the older key file")
