"""Error pages: what happened in one sentence, what to do, whom to ring. No database, no session."""

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.shell import last_resort
from rundbord.shell.context import shell

log = logging.getLogger("rundbord.errors")


@dataclass(frozen=True)
class Trouble:
    """What an error page says."""

    status: int
    heading: str | Promise
    text: str | Promise


BAD_REQUEST = Trouble(
    400,
    _("We could not read that"),
    _("Something in the address or the form was not as expected. Go back and try again."),
)
FORBIDDEN = Trouble(
    403,
    _("This page is not open to you"),
    _("The link may be old, or meant for someone else. Ring us if you think it is wrong."),
)
FORM_TOO_OLD = Trouble(
    403,
    _("The form was open for too long"),
    _("Nothing was sent. Go back, load the page again and send once more."),
)
NOT_FOUND = Trouble(
    404,
    _("We cannot find this page"),
    _("It may have moved, or the address may be incomplete."),
)
TOO_MANY = Trouble(
    429,
    _("That was a little too often"),
    _("Please wait a few minutes and try again."),
)
SERVER_ERROR = Trouble(
    500,
    _("Something went wrong here"),
    _("It is our fault, not yours. Try again in a few minutes."),
)
MAINTENANCE = Trouble(
    503,
    _("We are tidying up"),
    _("The pages are back in a little while. What you have sent us is safe."),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return trouble_page(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return trouble_page(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for every address that is not there."""
    return trouble_page(request, NOT_FOUND)


def too_many(request: HttpRequest) -> HttpResponse:
    """429 for whoever tries again and again."""
    return trouble_page(request, TOO_MANY)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or too old."""
    return trouble_page(request, FORM_TOO_OLD)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Asks nothing of the request, and falls back to a page of fixed text."""
    return trouble_page(None, SERVER_ERROR)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503 while the pages are closed for work; asks the browser to come back in ten minutes."""
    response = trouble_page(None, MAINTENANCE)
    response["Retry-After"] = "600"
    return response


def trouble_page(request: HttpRequest | None, trouble: Trouble) -> HttpResponse:
    """The error page in the active language; if even that fails, fixed text with the help lines."""
    try:
        context = {**shell(request), "request": request, "trouble": trouble}
        body: str = render_to_string("shell/trouble.html", context)
    except Exception as failure:
        log.error("error page %d fell back to fixed text: %s", trouble.status, type(failure).__name__)
        body = last_resort.page(trouble.status)
    return HttpResponse(body, status=trouble.status)
