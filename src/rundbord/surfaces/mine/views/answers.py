"""Answering an offer: yes, not this one, or leave altogether."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rundbord.groups import actions, queries
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.signups.queries import SignUp
from rundbord.surfaces.mine import pages
from rundbord.surfaces.mine.access import found, participant, person
from rundbord.surfaces.mine.forms import AnswerForm


@participant
@require_safe
def offer(request: HttpRequest, me: SignUp, offer_id: UUID) -> HttpResponse:
    """Place, time, starter; yes or no; how long it stands."""
    asked = found(queries.offer_of(me, offer_id))
    now = clock.now()
    offered = pages.still_open(queries.for_signup(me, now), now)
    if offered is None or offered.offer.id != asked.id:
        messages.info(request, _("This has been answered, or the time ran out. Nothing is lost."))
        return redirect("mine:page")
    return render(request, "mine/offer.html", pages.office(me) | {"offered": offered, "word": pages.word(me)})


@participant
@require_POST
def say_yes(request: HttpRequest, me: SignUp, offer_id: UUID) -> HttpResponse:
    """Yes. Twice is the same yes."""
    asked = found(queries.offer_of(me, offer_id))
    try:
        actions.accept_offer(offer=asked, by=person(me.id), now=clock.now())
        messages.success(request, _("Thank you. You have a place."))
    except Refused as refused:
        messages.error(request, refused.say())
    return redirect("mine:page")


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def say_no(request: HttpRequest, me: SignUp, offer_id: UUID) -> HttpResponse:
    """Not this one, and what did not suit; the wish goes on."""
    asked = found(queries.offer_of(me, offer_id))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_offer(
                offer=asked, reason=form.cleaned_data["reason"], by=person(me.id), now=clock.now()
            )
            messages.success(request, _("Thank you for answering. We look on."))
        except Refused as refused:
            messages.error(request, refused.say())
        return redirect("mine:page")
    return render(request, "mine/say_no.html", pages.office(me) | {"form": form, "offer": asked})
