"""Reads: offices and their tree, who serves a place, how an organisation has set its numbers."""

from rundbord.organisations.models import Organisation, OrganisationKind
from rundbord.organisations.queries.directory import Covered, Directory, covered, directory, tree, with_areas
from rundbord.organisations.queries.offices import (
    all_active,
    any_exists,
    areas,
    below,
    by_slug,
    fallback,
    for_wish,
    get,
    kind_name,
    kinds,
    places_served,
    serving,
)
from rundbord.organisations.queries.settings import (
    Letterhead,
    letterhead,
    setting,
    settings_of,
    words_for_groups,
)

__all__ = [
    "Covered",
    "Directory",
    "Letterhead",
    "Organisation",
    "OrganisationKind",
    "all_active",
    "any_exists",
    "areas",
    "below",
    "by_slug",
    "covered",
    "directory",
    "fallback",
    "for_wish",
    "get",
    "kind_name",
    "kinds",
    "letterhead",
    "places_served",
    "serving",
    "setting",
    "settings_of",
    "tree",
    "with_areas",
    "words_for_groups",
]
