"""Those who start groups."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rundbord.groups import queries as groups
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.people import actions, queries
from rundbord.people.queries import Starter
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.forms.starters import StarterForm, written


@staff("coordinate")
@require_safe
def starters(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All starters with what they have in hand."""
    people = queries.starters(desk.organisation.id, active_only=False)
    busy = groups.starts_in_progress([each.id for each in people])
    rows = [(each, busy.get(each.id, 0)) for each in people]
    return render(request, "office/starters.html", {"starters": rows})


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new starter."""
    return _edit(request, desk, None)


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def starter(request: HttpRequest, desk: Desk, starter_id: UUID) -> HttpResponse:
    """One starter, to read and change."""
    return _edit(request, desk, found(queries.starter(desk.organisation.id, starter_id)))


def _edit(request: HttpRequest, desk: Desk, known: Starter | None) -> HttpResponse:
    form = StarterForm(request.POST or None, initial=written(known) if known else None)
    if request.method == "POST" and form.is_valid() and _save(desk, known, form):
        messages.success(request, _("The starter is saved."))
        return redirect("office:starters")
    return render(request, "office/starter.html", {"form": form, "starter": known})


def _save(desk: Desk, known: Starter | None, form: StarterForm) -> bool:
    fields, now = form.starter(), clock.now()
    try:
        if known is None:
            actions.add_starter(organisation=desk.organisation, fields=fields, by=desk.actor, now=now)
        else:
            actions.change_starter(starter=known, fields=fields, by=desk.actor, now=now)
    except actions.NotUsable as refused:
        for name, sentence in refused.wrong.items():
            form.add_error(name if name in form.fields else None, str(sentence))
    except Refused as refused:
        form.add_error("email", refused.say())
    return not form.errors


@staff("coordinate")
@require_POST
def set_active(request: HttpRequest, desk: Desk, starter_id: UUID) -> HttpResponse:
    """Set aside for now, or back again."""
    known = found(queries.starter(desk.organisation.id, starter_id))
    actions.set_starter_active(starter=known, active=not known.active, by=desk.actor, now=clock.now())
    return redirect("office:starters")
