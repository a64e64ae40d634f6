"""Names on public pages: only those who have said yes themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rundbord.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_services"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PublicName",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=rundbord.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("said_yes_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_names",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="publicname",
            constraint=models.UniqueConstraint(
                fields=("organisation", "account"), name="public_name_once"
            ),
        ),
    ]
