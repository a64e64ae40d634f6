"""What a group is formed with, and what the public may search by."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rundbord.kernel import week


@dataclass(frozen=True)
class GroupTerms:
    """The frame of a group to be formed. A digital one has no room; without a starter it starts by itself.

    slot is one of kernel.week.SLOTS; focus a topic code or "mixed"; language a code of topics.catalogue;
    place_code a municipality or city district; first_on the earliest day of meeting 1, or None.
    """

    slot: int
    focus: str
    language: str
    place_code: str
    women_only: bool = False
    young_only: bool = False
    digital: bool = False
    room_id: UUID | None = None
    starter_id: UUID | None = None
    first_on: date | None = None


@dataclass(frozen=True)
class GroupFilters:
    """The public finder's filters; None or empty asks for nothing.

    place_code with within_km (kilometres as the crow flies), else the two digits of a county;
    weekday Monday 0; part_of_day as in kernel.week;
    form "room" or "digital"; accessible asks for step-free rooms; openness one of rules.Openness.
    """

    place_code: str | None = None
    within_km: int = 30
    weekday: int | None = None
    part_of_day: str | None = None
    form: str | None = None
    focus: str | None = None
    language: str | None = None
    accessible: bool = False
    openness: str | None = None
    county_code: str | None = None

    @property
    def slots(self) -> list[int] | None:
        """The times of the week that are asked for; None when every time will do."""
        if self.weekday is None and not self.part_of_day:
            return None
        return [
            slot
            for slot in week.SLOTS
            if (self.weekday is None or week.weekday(slot) == self.weekday)
            and (not self.part_of_day or week.part_of_day(slot) == self.part_of_day)
        ]
