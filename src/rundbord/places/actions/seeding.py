"""The product's own list of places, laid into the database."""

from typing import Any

from django.db import transaction

from rundbord.places.actions.filling import Counts, fill
from rundbord.places.models import Place
from rundbord.places.rules import seed


@transaction.atomic
def load_seed() -> Counts:
    """Every municipality and city district as the seed has them. Running it again changes nothing."""
    return lay(Place)


def lay(model: Any) -> Counts:
    """The same for a model as it stood at a migration: columns it does not have are left out."""
    known = {field.attname for field in model._meta.concrete_fields}
    rows = [{name: value for name, value in row.items() if name in known} for row in seed.places()]
    counts = Counts(kind="seed", read=len(rows))
    fill(model, rows, counts)
    return counts
