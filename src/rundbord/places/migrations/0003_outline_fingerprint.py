"""Borders are known by a fingerprint, so that whoever has drawn them need not read them again."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from rundbord.places.rules.outlines import fingerprint


def take(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of the borders that are there already."""
    outlines = apps.get_model("places", "Outline").objects
    for code, polygons in outlines.values_list("code", "polygons").iterator():
        outlines.filter(pk=code).update(fingerprint=fingerprint(polygons))


class Migration(migrations.Migration):
    dependencies = [("places", "0002_seed")]

    operations = [
        migrations.AddField(
            model_name="outline",
            name="fingerprint",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.RunPython(take, migrations.RunPython.noop),
    ]
