"""Writes to reference data. Only an operator comes here (migrate, manage.py places), so no actor is told."""

from rundbord.places.actions.filling import Counts
from rundbord.places.actions.importing import import_file
from rundbord.places.actions.seeding import load_seed

__all__ = ["Counts", "import_file", "load_seed"]
