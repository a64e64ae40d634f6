"""One's own name on the office's public page: a yes that only she can say, and take back at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rundbord.kernel import clock
from rundbord.people import actions, queries
from rundbord.surfaces.office.access import Desk, staff
from rundbord.surfaces.office.answering import carried_out_as_typed
from rundbord.surfaces.office.forms.settings import NameForm


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Whether her name stands there, since when, and how it is said."""
    standing = queries.public_name(desk.account, desk.organisation.id)
    proposed = standing.name if standing else desk.account.name
    form = NameForm(request.POST or None, initial={"name": proposed})
    if request.method == "POST" and form.is_valid() and _say_yes(request, desk, form):
        return redirect("office:shown")
    return render(request, "office/shown.html", {"form": form, "standing": standing})


def _say_yes(request: HttpRequest, desk: Desk, form: NameForm) -> bool:
    return carried_out_as_typed(
        request,
        _("Your name stands on the public page."),
        form,
        {actions.NameMissing: "name"},
        actions.show_name,
        account=desk.account,
        organisation=desk.organisation,
        name=form.cleaned_data["name"],
        now=clock.now(),
    )


@staff("coordinate")
@require_POST
def hide(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Takes her yes back."""
    actions.hide_name(account=desk.account, organisation=desk.organisation, now=clock.now())
    messages.success(request, _("Your name is gone from the public page."))
    return redirect("office:shown")
