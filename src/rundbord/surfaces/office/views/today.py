"""The first page of the desk: what needs a human, and nothing else; letters that did not get through."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rundbord.kernel import clock, outtray
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.answering import carried_out
from rundbord.surfaces.office.pages import calls as calling
from rundbord.surfaces.office.pages import today as page


@staff("coordinate")
@require_safe
def today(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What needs me, in order."""
    shown = page.today(desk.organisation.id, clock.now())
    return render(request, "office/today.html", {"page": shown, "desk": desk})


@staff("coordinate")
@require_safe
def calls(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Whom to ring, and why."""
    return render(request, "office/calls.html", {"calls": calling.calls(desk.organisation.id, clock.now())})


@staff("coordinate")
@require_safe
def letters(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Messages given up: a human finds another way to the person, or tries again."""
    return render(request, "office/letters.html", {"letters": calling.lost_letters(desk.organisation.id)})


@staff("coordinate")
@require_POST
def send_again(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """Tries once more to send the same message."""
    letter = found(outtray.dead_letters().filter(id=letter_id).first())
    carried_out(request, _("We are trying again."), outtray.send_again, message=letter, now=clock.now())
    return redirect("office:letters")
