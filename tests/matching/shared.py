"""Runs in several parts: towns far apart, and what hangs together cut above a few people."""

from rundbord.kernel import tenancy
from rundbord.matching.models import RunPart
from tests.factories.matching import TUESDAY_EVENING, people, room, starter
from tests.factories.organisations import place

TOWNS = ("3107", "0301", "4601", "5001")  # too far apart for anybody to travel
SMALL = {"few": 6, "most": 16}  # sizes that make parts of a handful of people


def town(organisation, code, number=9, **facts):
    """People, a starter and a room in one place."""
    facts = {"slots": [TUESDAY_EVENING]} | facts
    starter(organisation, place=place(code), slots=facts["slots"], max_km=30, digital=True)
    room(organisation, place=place(code), slots=facts["slots"])
    return people(organisation, number, place=place(code), **facts)


def valley(organisation, towns=TOWNS, **facts):
    """All of them as one: people who meet digitally too, so that nobody's part is her own."""
    return [one for code in towns for one in town(organisation, code, digital=True, **facts)]


def parts(run):
    """The run's parts, in order."""
    with tenancy.scope(run.organisation_id):
        return list(RunPart.objects.filter(run=run))
