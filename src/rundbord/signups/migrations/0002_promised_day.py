"""The day by which somebody hears from us, and how far its clock has come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signups", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="signup", name="answer_by", field=models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="signup",
            name="answer_step",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Promised"),
                    (1, "Told that it takes longer"),
                    (2, "The manager is told"),
                    (3, "The office above is told"),
                ],
                default=0,
            ),
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(
                condition=models.Q(("answer_by__isnull", False)),
                fields=["organisation", "answer_by"],
                name="signup_promised",
            ),
        ),
    ]
