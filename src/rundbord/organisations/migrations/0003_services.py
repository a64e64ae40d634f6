"""What an office does for people, shown on its public page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_kinds")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="services",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
