"""The waiting list, and a caller written down in a minute."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from rundbord.kernel import clock
from rundbord.signups import actions, queries
from rundbord.signups.rules import NotUsable
from rundbord.surfaces.office.access import Desk, staff
from rundbord.surfaces.office.forms.people import CallerForm, EnquiryForm, WaitingFilter, refuse
from rundbord.surfaces.office.pages import waiting as page

ROWS = 25


@staff("coordinate")
@require_safe
def waiting(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who waits, what for, and why; narrowed by place, time and state."""
    form = WaitingFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = page.rows(desk.organisation.id, wanted, clock.now())
    shown = Paginator(found, ROWS).get_page(request.GET.get("side"))
    context = {"form": form, "page": shown, "count": len(found), "narrowed": any(wanted.values())}
    return render(request, "office/waiting.html", context)


@staff("coordinate")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A caller, with the same questions as on the public pages; or one who only asked."""
    if "asked_by" in request.POST:
        return _count(request, desk)
    form = CallerForm(request.POST or None, initial={"ui_language": get_language()})
    if request.method == "POST" and form.is_valid() and _registered(desk, form):
        messages.success(request, _("The wish is saved. The person is on the waiting list."))
        return redirect("office:waiting")
    return render(request, "office/register.html", _context(desk, form, EnquiryForm()))


def _count(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = EnquiryForm(request.POST)
    if not asked.is_valid():
        return render(request, "office/register.html", _context(desk, CallerForm(), asked))
    actions.count_enquiry(
        organisation=desk.organisation,
        channel=asked.cleaned_data["asked_by"],
        became_wish=False,
        by=desk.actor,
        now=clock.now(),
    )
    messages.success(request, _("Counted. Nothing else is kept."))
    return redirect("office:register")


def _registered(desk: Desk, form: CallerForm) -> bool:
    try:
        actions.register_caller(
            organisation=desk.organisation,
            fields=form.wish(),
            channel=form.cleaned_data["channel"],
            by=desk.actor,
            now=clock.now(),
        )
    except actions.AlreadyHere as refused:
        form.add_error("contact", refused.say())
    except actions.UnknownPlace as refused:
        form.add_error("place", refused.say())
    except NotUsable as refused:
        refuse(form, refused)
    return not form.errors


def _context(desk: Desk, form: CallerForm, asked: EnquiryForm) -> dict[str, object]:
    """With the wish that is there already, when the contact is known: the office may know its own people."""
    contact = getattr(form, "cleaned_data", {}).get("contact_value") if form.has_error("contact") else None
    known = queries.with_contact(desk.organisation.id, contact) if contact else None
    seldom = ("women_only", "young_only", "access_needs", "self_start_ok", "discretion", "note")
    return {"form": form, "asked": asked, "known": known, "more_open": any(map(form.has_error, seldom))}
