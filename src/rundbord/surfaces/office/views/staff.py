"""Colleagues and what they may do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.people import actions, queries
from rundbord.people.queries import StaffAccount
from rundbord.people.rules import RoleKind
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.forms.setup import InviteForm
from rundbord.surfaces.office.stepping_up import recently_shown


@staff("manage")
@recently_shown
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who works here; a colleague is added by name, address and role."""
    form = InviteForm(request.POST or None, roles=RoleKind.choices)
    if request.method == "POST" and form.is_valid() and _invite(desk, form):
        messages.success(request, _("%(name)s can now sign in.") % {"name": form.cleaned_data["name"]})
        return redirect("office:staff")
    context = {"form": form, "roles": queries.staff(desk.organisation.id)}
    return render(request, "office/staff.html", context)


def _invite(desk: Desk, form: InviteForm) -> bool:
    try:
        account = _account(form)
        actions.give_role(
            account=account,
            organisation=desk.organisation,
            kind=form.cleaned_data["role"],
            by=desk.actor,
            now=clock.now(),
        )
    except Refused as refused:
        form.add_error("email", refused.say())
        return False
    return True


def _account(form: InviteForm) -> StaffAccount:
    """The account of that address, made now if nobody has it."""
    said = form.cleaned_data
    known = queries.account_with_email(said["email"])
    return known or actions.make_account(
        email=said["email"], name=said["name"], password=said["password"] or None
    )


@staff("manage")
@require_POST
@recently_shown
def take_role(request: HttpRequest, desk: Desk, role_id: UUID) -> HttpResponse:
    """Takes a role away at once."""
    role = found(next((each for each in queries.staff(desk.organisation.id) if each.id == role_id), None))
    try:
        actions.take_role(role=role, by=desk.actor, now=clock.now())
        messages.success(request, _("The role is taken away."))
    except Refused as refused:
        messages.error(request, refused.say())
    return redirect("office:staff")
