"""The kinds of office in Norway; other countries add rows of their own."""

from django.db import migrations

KINDS = [
    (
        "contact_point",
        0,
        {"nb": "Kontaktpunkt", "nn": "Kontaktpunkt", "en": "Contact point"},
    ),
    (
        "clearinghouse",
        1,
        {"nb": "LINK – selvhjelpssenter", "nn": "LINK – sjølvhjelpssenter", "en": "LINK – self-help centre"},
    ),
    (
        "regional_office",
        2,
        {"nb": "Distriktskontor", "nn": "Distriktskontor", "en": "Regional office"},
    ),
    (
        "national_centre",
        3,
        {"nb": "Kompetansesenter", "nn": "Kompetansesenter", "en": "National centre"},
    ),
]


def name_kinds(apps, schema_editor):
    kind = apps.get_model("organisations", "OrganisationKind")
    for code, rank, names in KINDS:
        kind.objects.update_or_create(code=code, defaults={"rank": rank, "names": names})


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunPython(name_kinds, migrations.RunPython.noop)]
