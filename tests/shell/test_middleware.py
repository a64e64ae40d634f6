"""Headers on every answer; a log that knows routes and no addresses."""

import logging

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from rundbord.shell.access import ANYONE, open_to, opened_to
from rundbord.shell.middleware import SecurityHeadersMiddleware, route_name

pytestmark = pytest.mark.urls("tests.shell.urls")


def test_every_answer_is_isolated(client):
    for path in ("/plain/", "/desk/", "/nowhere/"):
        response = client.get(path)
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert "camera=()" in response["Permissions-Policy"]


def test_the_policy_lets_nothing_in_but_our_own(client):
    policy = client.get("/plain/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "data:" not in policy and "http" not in policy


def test_a_page_open_to_anyone_is_kept_and_asked_about(client):
    first = client.get("/plain/")
    assert first["Cache-Control"] == "no-cache"
    again = client.get("/plain/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/desk/", "/nowhere/", "/closed/"])
def test_everything_else_is_never_kept(client, path):
    response = client.get(path)
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert "ETag" not in response


def test_an_answer_to_a_form_is_never_kept(client):
    assert client.post("/plain/")["Cache-Control"] == "no-store"


def test_an_answer_that_sets_a_cookie_is_never_kept(client):
    assert client.get("/gallery/")["Cache-Control"] == "no-store"


def test_a_view_may_loosen_a_header_for_itself():
    def embed(request):
        return HttpResponse("x", headers={"Cross-Origin-Resource-Policy": "cross-origin"})

    response = SecurityHeadersMiddleware(embed)(RequestFactory().get("/"))
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.fixture
def logged(settings, caplog):
    """What the log says about one request to the whole site."""
    settings.MIDDLEWARE = ["rundbord.shell.middleware.RequestLogMiddleware", *settings.MIDDLEWARE]

    def line(path, method="GET"):
        with caplog.at_level(logging.INFO, logger="rundbord.request"):
            Client().generic(method, path)
        return [r.getMessage() for r in caplog.records if r.name == "rundbord.request"][-1]

    return line


def test_the_log_names_the_route_and_nothing_else(logged):
    line = logged("/gallery/private/?name=kari")
    assert line.startswith("GET gallery_kind 200 ") and line.endswith(" ms")
    assert "kari" not in line and "/" not in line


def test_a_path_that_leads_nowhere_is_not_logged(logged):
    line = logged("/kari.nordmann@example.org/")
    assert line.startswith("GET - 404 ")
    assert "kari" not in line


def test_a_made_up_method_is_not_logged(logged):
    assert logged("/plain/", "KARI").startswith("other plain ")


def test_a_request_nobody_resolved_has_no_route():
    assert route_name(RequestFactory().get("/x/")) == "-"


def test_a_view_says_who_may_open_it():
    @open_to(ANYONE)
    def view(request):
        return None

    assert opened_to(view) == "anyone"
    assert opened_to(lambda request: None) is None
    assert opened_to(None) is None


@pytest.mark.parametrize("nothing", ["", "  "])
def test_saying_nothing_is_refused(nothing):
    with pytest.raises(ValueError, match="must say who"):
        open_to(nothing)
