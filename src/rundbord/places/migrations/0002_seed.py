"""A fresh database knows Norway's municipalities and the city districts of the four largest cities."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from rundbord.places.actions.seeding import lay


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Through the room's own seed reader, with the table as it is at this point."""
    lay(apps.get_model("places", "Place"))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
