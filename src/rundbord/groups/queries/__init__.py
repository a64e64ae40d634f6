"""Reads, by who looks: the public, a participant, a starter, the office."""

from rundbord.groups.queries.members import (
    ComingMeeting,
    MyGroup,
    MyPlace,
    OfferedPlace,
    WrittenNotice,
    for_signup,
    meeting_of,
    offer_of,
)
from rundbord.groups.queries.office import (
    OfficeGroup,
    OfficeLine,
    OfficePerson,
    get,
    offers_by_voice,
    office_group,
    office_list,
    participation,
)
from rundbord.groups.queries.public import (
    PublicGroup,
    open_groups,
    public_group,
    public_list,
    public_places,
)
from rundbord.groups.queries.starters import (
    Call,
    Start,
    StarterDesk,
    StartupMeeting,
    for_starter,
    start_of,
    starts_in_progress,
)

__all__ = [
    "Call",
    "ComingMeeting",
    "MyGroup",
    "MyPlace",
    "OfferedPlace",
    "OfficeGroup",
    "OfficeLine",
    "OfficePerson",
    "PublicGroup",
    "Start",
    "StarterDesk",
    "StartupMeeting",
    "WrittenNotice",
    "for_signup",
    "for_starter",
    "get",
    "meeting_of",
    "offer_of",
    "offers_by_voice",
    "office_group",
    "office_list",
    "open_groups",
    "participation",
    "public_group",
    "public_list",
    "public_places",
    "start_of",
    "starts_in_progress",
]
