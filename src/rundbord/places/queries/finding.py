"""Finding a place by what people type: a name in any of its languages, a town, a postal code."""

import re
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from rundbord.places.models import Place, PostalCode
from rundbord.places.rules import names
from rundbord.places.rules.kinds import PlaceKind

_POSTAL = re.compile(r"\d{4}(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Hit:
    """Something found: the place to store, what to show, and the postal code if one was meant.

    `label` is written so that `meant(label)` finds the same again; a form may send it back as text.
    """

    place: Place
    label: str
    postal_code: str | None = None


def search(text: str, limit: int = 10) -> list[Hit]:
    """What the text may mean, best first: names that begin so, then other names, seats and postal
    towns, then names that contain it; failing all, what a whole label means. Case, accents and aa, ae,
    oe for å, æ, ø do not matter. Two queries, at most six."""
    sought = names.query(text)
    if not sought or limit < 1:
        return []
    found = _by_code(sought, limit) if sought.isdecimal() else _by_name(sought, limit)
    shown: dict[str, Hit] = {}
    if not found and (hit := meant(text)):
        return [hit]
    for hit in found:
        shown.setdefault(hit.label, hit)
    return list(shown.values())[:limit]


def resolve(text: str) -> Place | None:
    """The one place a text names (see `meant`), or None if it names none or several."""
    hit = meant(text)
    return hit.place if hit else None


def meant(text: str) -> Hit | None:
    """The one thing a text names: a postal code, a number, a name, another name, a seat, a postal town
    or a label from `search`. None if it names none or several. At most four queries."""
    sought = names.query(text)
    return (_number(sought) or _name(sought) or _in_parts(text)) if sought else None


def _number(sought: str) -> Hit | None:
    """A postal code, also with its town after it, before a municipality's number: people know the former."""
    if not (sought.isdecimal() or _POSTAL.match(sought)):
        return None
    postal = PostalCode.objects.filter(code=sought[:4]).select_related("place").first()
    if postal:
        return _postal_hit(postal)
    numbered = Place.objects.filter(code=sought).first()
    return Hit(numbered, numbered.label) if numbered else None


def _name(sought: str) -> Hit | None:
    """One place by name or label; failing that by another name; failing that by its seat."""
    found = Place.objects.filter(search__contains=f"|{sought}|").select_related("parent")
    ranks = sorted((_nearness(place, sought), place.code, place) for place in found)
    if not ranks or [rank for rank, *_ in ranks[:2]] == [ranks[0][0]] * 2:
        return None
    place = ranks[0][2]
    return Hit(place, place.label)


def _nearness(place: Place, sought: str) -> int:
    own = (place.name, place.label)
    for rank, known in enumerate((own, place.other_names)):
        if sought in map(names.normalise, known):
            return rank
    return 2


def _in_parts(text: str) -> Hit | None:
    """ "Geilo", or "Geilo, Hol" and "Kárášjohka / Karasjok", where the last part tells the place."""
    first, between, last = text[: names.LONGEST_QUERY].replace(" / ", ", ").rpartition(", ")
    town = PostalCode.objects.filter(search=f"|{names.query(first or last)}|").select_related("place")
    if not between:
        found = list(town)
        return _town_hit(found[0]) if len({postal.place_id for postal in found}) == 1 else None
    hit = _name(names.query(last))
    if not hit or names.query(first) in [names.normalise(known) for known, _ in _names(hit.place)]:
        return hit
    postal = town.filter(place=hit.place).first()
    return _town_hit(postal) if postal else hit


def _by_code(sought: str, limit: int) -> list[Hit]:
    postal = PostalCode.objects.filter(code__startswith=sought).select_related("place")[:limit]
    numbered = Place.objects.filter(code=sought)
    return [_postal_hit(code) for code in postal] + [Hit(place, place.label) for place in numbered]


def _by_name(sought: str, limit: int) -> list[Hit]:
    # One letter is in nearly every name; only beginnings are worth showing then.
    part = sought if len(sought) > 1 else f"|{sought}"
    ranked = [_ranked(place, sought) for place in Place.objects.filter(search__contains=part)]
    ranked += [(3, "", _town_hit(code)) for code in _first_of_towns(sought)[:limit]]
    return [hit for *_, hit in sorted(ranked, key=lambda r: (r[0], r[1], names.alphabetical(r[2].label)))]


def _ranked(place: Place, sought: str) -> tuple[int, str, Hit]:
    """(rank, kind, hit) for a place that has `sought` in one of its names: lower ranks are shown first,
    municipalities before districts."""
    order = "" if place.kind == PlaceKind.MUNICIPALITY else "district"
    ways = [(_rank(known, way, sought), label) for way, (known, label) in enumerate(_names(place))]
    rank, label = min(ways, key=lambda found: found[0])
    return rank, order, Hit(place, label)


def _names(place: Place) -> list[tuple[str, str]]:
    """Each name and the label to show when it is the one that was meant."""
    others = [(other, f"{other} / {place.label}") for other in place.other_names]
    return [(place.name, place.label), *others, (place.seat, f"{place.seat}, {place.label}")]


def _rank(known: str, way: int, sought: str) -> int:
    plain = names.normalise(known)
    if plain.startswith(sought):
        return 0 if way == 0 and plain == sought else 1 if way == 0 else 2
    return 4 if sought in plain else 5


def _first_of_towns(sought: str) -> QuerySet[PostalCode]:
    """The lowest postal code of each town that begins so, once per municipality."""
    towns = PostalCode.objects.filter(search__startswith=f"|{sought}").order_by()
    lowest = towns.values("place_id", "search").annotate(lowest=Min("code")).values("lowest")
    return PostalCode.objects.filter(code__in=lowest).select_related("place")


def _postal_hit(postal: PostalCode) -> Hit:
    return Hit(postal.place, f"{postal.code} {_town_label(postal)}", postal.code)


def _town_hit(postal: PostalCode) -> Hit:
    return Hit(postal.place, _town_label(postal), postal.code)


def _town_label(postal: PostalCode) -> str:
    if names.normalise(postal.town) == names.normalise(postal.place.name):
        return postal.place.label
    return f"{postal.town}, {postal.place.label}"
