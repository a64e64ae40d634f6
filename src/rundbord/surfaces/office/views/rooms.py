"""Houses, rooms and loans."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rundbord.kernel import clock
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.forms.rooms import RoomForm, VenueForm
from rundbord.venues import actions, queries
from rundbord.venues.queries import Room, Venue


@staff("coordinate")
@require_safe
def rooms(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All houses with their rooms and what is lent."""
    context = {"venues": queries.venues(desk.organisation.id), "loans": queries.loans(desk.organisation.id)}
    return render(request, "office/rooms.html", context)


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def add_venue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new house."""
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_venue(
            organisation=desk.organisation, by=desk.actor, now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("The house is saved. Now add its rooms."))
        return redirect("office:venue", made.id)
    return render(request, "office/venue.html", {"form": form})


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def venue(request: HttpRequest, desk: Desk, venue_id: UUID) -> HttpResponse:
    """One house, to read and change."""
    known = found(queries.venue(desk.organisation.id, venue_id))
    form = VenueForm(request.POST or None, initial=_written(known))
    if request.method == "POST" and form.is_valid():
        actions.change_venue(venue=known, by=desk.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("The house is saved."))
        return redirect("office:rooms")
    return render(request, "office/venue.html", {"form": form, "venue": known})


def _written(venue: Venue) -> dict[str, object]:
    names = ("name", "address", "accessible", "owner_name", "owner_email", "owner_phone", "key_note")
    return {name: getattr(venue, name) for name in names} | {"place": venue.place.name}


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def add_room(request: HttpRequest, desk: Desk, venue_id: UUID) -> HttpResponse:
    """A new room in a house."""
    house = found(queries.venue(desk.organisation.id, venue_id))
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_room(venue=house, by=desk.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("The room is saved."))
        return redirect("office:venue", house.id)
    return render(request, "office/room.html", {"form": form, "venue": house})


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, desk: Desk, room_id: UUID) -> HttpResponse:
    """One room, to read and change."""
    known: Room = found(queries.room(desk.organisation.id, room_id))
    form = RoomForm(
        request.POST or None,
        initial={"name": known.name, "capacity": known.capacity, "slots": known.slots},
    )
    if request.method == "POST" and form.is_valid():
        actions.change_room(room=known, by=desk.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("The room is saved."))
        return redirect("office:venue", known.venue_id)
    return render(request, "office/room.html", {"form": form, "venue": known.venue, "room": known})
