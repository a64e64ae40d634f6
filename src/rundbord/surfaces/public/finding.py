"""A search as it was asked: what of it may stand in an address, and where each answer leads next."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from rundbord.groups.rules import GroupFilters
from rundbord.places import queries as places
from rundbord.places.queries import Place
from rundbord.places.rules.seed import counties
from rundbord.surfaces.asking import DIGITAL, USUAL_KM
from rundbord.surfaces.public.forms import SearchForm
from rundbord.surfaces.public.listing import LAST_PAGE, filters

# A topic is never in an address: it would stay in the browser's history.
SHAREABLE = ("place", "county", "radius", "weekday", "part", "form", "language", "access")
_FURTHER = ("weekday", "part", "form", "language", "access", "focus")
_MOST_MEANT = 6
_TO_A_WISH = ("place", "radius", "form", "language", "weekday", "part")


@dataclass
class Search:
    """One search. `by_address` tells whether all of it may stand in an address."""

    form: SearchForm
    asked: QueryDict
    counties: dict[str, str]
    by_address: bool

    @cached_property
    def county(self) -> str | None:
        """Two digits of a county there is, unless a place was asked for."""
        said = self.asked.get("county", "")
        return said if said in self.counties and self.place is None else None

    @cached_property
    def place(self) -> Place | None:
        """The place asked for."""
        hit = self._said.get("place")
        return hit.place if hit else None

    @cached_property
    def filters(self) -> GroupFilters:
        """As the room of groups takes it."""
        return filters(self._said, self.county)

    @property
    def page(self) -> int:
        """1 and up; anything strange is the first."""
        said = self.asked.get("page", "")
        return min(LAST_PAGE, max(1, int(said))) if said.isdecimal() and len(said) < 6 else 1

    @property
    def narrowed(self) -> bool:
        """Whether more than where was asked."""
        return any(self.asked.get(name) for name in _FURTHER)

    @cached_property
    def _said(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.form.is_valid() else {}

    def address(self, **other: str) -> str:
        """The same search with something else in it ("" takes it away); "" if it must stay out of them."""
        if not self.by_address:
            return ""
        wanted = {**self._shareable, **other}
        # Always in the same order: one search is one address.
        return with_query(
            self._home, {name: wanted[name] for name in (*SHAREABLE, "page") if wanted.get(name)}
        )

    @cached_property
    def _shareable(self) -> dict[str, str]:
        return kept(self.asked, SHAREABLE)

    @cached_property
    def _home(self) -> str:
        return reverse("public:find")

    @cached_property
    def fields(self) -> dict[str, str]:
        """Each question of the form as it is drawn."""
        return {name: self._field(name) for name in self.form.fields}

    def _field(self, name: str) -> str:
        if name == "place" or name in self.form.errors:
            return _draw_field(self.form, name)
        return _field_kept(name, str(self.form[name].value() or ""), get_language())

    def before(self) -> str:
        """The page before this one."""
        return self.address(page=str(self.page - 1) if self.page > 2 else "")

    def after(self) -> str:
        """The page after this one."""
        return self.address(page=str(self.page + 1))

    def digital_address(self) -> str:
        """The same search among digital groups only."""
        return self.address(form=DIGITAL)

    def meant(self) -> list[tuple[str, str]]:
        """(label, address) of what an unclear place may mean."""
        unclear = "place" in self.form.errors
        hits = places.search(self.asked.get("place", ""), limit=_MOST_MEANT) if unclear else []
        return [(hit.label, self.address(place=hit.label, county="")) for hit in hits]

    def wish_address(self) -> str:
        """Where a wish begins with what was searched for."""
        return with_query(reverse("public:wish"), kept(self.asked, _TO_A_WISH))

    def hidden(self) -> list[tuple[str, str]]:
        """All of it for the hidden fields of a form that goes to another page of the same search."""
        return list(kept(self.asked, (*SHAREABLE, "focus")).items())


def search_of(asked: QueryDict, *, by_address: bool) -> Search:
    """The search, with the usual distance where none was said, so that the page shows the one it used."""
    filled = asked.copy()
    if not filled.get("radius"):
        filled["radius"] = str(USUAL_KM)
    return Search(SearchForm(filled), asked, _counties(), by_address)


@cache
def _counties() -> dict[str, str]:
    """The product's own list: it changes with a release."""
    return counties()


def _draw_field(form: SearchForm, name: str) -> str:
    return render_to_string("public/_field.html", {"field": form[name]})


@lru_cache(maxsize=512)
def _field_kept(name: str, said: str, _language: str | None) -> str:
    """A list of choices looks alike at every look; it need not be drawn each time."""
    return _draw_field(SearchForm({name: said}), name)


def kept(asked: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """What was asked under these names, without what was left empty."""
    return {name: str(said) for name in names if (said := asked.get(name))}


def with_query(address: str, asked: dict[str, str]) -> str:
    """The address with these parameters after it."""
    return f"{address}?{urlencode(asked)}" if asked else address
