"""The office's own numbers and what the public sees of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.organisations import actions, queries
from rundbord.surfaces.office.access import Desk, staff
from rundbord.surfaces.office.forms.settings import FactsForm, SettingsForm


@staff("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every number of the practice, with its range and its source."""
    form = SettingsForm(request.POST or None, initial=queries.settings_of(desk.organisation.id))
    if request.method == "POST" and form.is_valid() and _change(desk, form):
        messages.success(request, _("The settings are saved."))
        return redirect("office:settings")
    return render(request, "office/settings.html", {"form": form})


def _change(desk: Desk, form: SettingsForm) -> bool:
    try:
        actions.change_settings(
            organisation=desk.organisation, values=form.cleaned_data, by=desk.actor, now=clock.now()
        )
    except actions.SizesDisagree as refused:
        form.add_error("group_enough", refused.say())
    except actions.ClocksDisagree as refused:
        form.add_error("ask_waiting_days", refused.say())
    except Refused as refused:
        form.add_error(None, refused.say())
    return not form.errors


@staff("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Name, phone, area, what the office does and says of itself: what the public sees."""
    form = FactsForm(request.POST or None, initial=_written(desk))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        codes = [place.code for place in said.pop("places")]
        now = clock.now()
        actions.change_facts(organisation=desk.organisation, by=desk.actor, now=now, **said)
        actions.serve_places(organisation=desk.organisation, codes=codes, by=desk.actor, now=now)
        messages.success(request, _("The office is saved."))
        return redirect("office:facts")
    return render(request, "office/facts.html", {"form": form})


def _written(desk: Desk) -> dict[str, object]:
    office = desk.organisation
    names = ("name", "phone", "phone_hours", "email", "services", "about", "takes_wishes")
    served = [place.label for place in queries.places_served(office.id)]
    return {name: getattr(office, name) for name in names} | {"places": "\n".join(served)}
