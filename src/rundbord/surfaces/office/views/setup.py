"""The first start, and the choice of desk."""

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations import actions as organisations
from rundbord.organisations import queries as organisation_queries
from rundbord.organisations.queries import Organisation
from rundbord.people import actions as people
from rundbord.people.queries import StaffAccount
from rundbord.people.rules import RoleKind
from rundbord.shell.access import ANYONE, open_to
from rundbord.surfaces.office.access import choose, desks
from rundbord.surfaces.office.forms.setup import FirstRunForm
from rundbord.surfaces.office.stepping_up import note

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to(f"{ANYONE}, until the first organisation exists")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Makes the first organisation and its manager; afterwards there is nothing to begin."""
    if organisation_queries.any_exists():
        return render(request, "office/begun.html", status=404)
    form = FirstRunForm(request.POST or None)
    begun = _begun(form) if request.method == "POST" and form.is_valid() else None
    if begun is None:
        return render(request, "office/first_run.html", {"form": form})
    account, organisation = begun
    login(request, account, backend=_BACKEND)
    note(request)
    choose(request, organisation)
    return redirect("office:today")


def _begun(form: FirstRunForm) -> tuple[StaffAccount, Organisation] | None:
    """What was made; None when the address cannot be an account's, which the form then says."""
    try:
        return _begin(form)
    except Refused as refused:
        form.add_error("email", refused.say())
        return None


@transaction.atomic
def _begin(form: FirstRunForm) -> tuple[StaffAccount, Organisation]:
    """The organisation, the account and its role: all or none."""
    said, now = form.cleaned_data, clock.now()
    organisation = organisations.found_organisation(
        name=said["name"],
        kind=said["kind"],
        phone=said["phone"],
        places=[place.code for place in said["places"]],
        by=SYSTEM,
        now=now,
    )
    account = people.make_account(email=said["email"], name=said["your_name"], password=said["password"])
    by = Actor("staff", account.id)
    people.give_role(account=account, organisation=organisation, kind=RoleKind.MANAGER, by=by, now=now)
    return account, organisation


@open_to("a signed-in staff account")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_desk(request: HttpRequest) -> HttpResponse:
    """Which organisation to work in, for those with several; says so kindly when there is none."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    own = desks(request)
    wanted = next((each for each in own if each.slug == request.POST.get("organisation")), None)
    if wanted is not None:
        choose(request, wanted)
        return redirect("office:today")
    return render(request, "office/choose.html", {"organisations": own})
