"""Requests as no browser sends them, through the web server's own door: always an answer, never a 500."""

import io
from http import HTTPStatus

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from hypothesis import given
from hypothesis import strategies as st

from rundbord.config.wsgi import application
from rundbord.organisations.models import Organisation
from tests.surfaces.hostile import examples

FIND, BEGIN = "/en/finn/", "/en/kontor/forste/"

LETTERS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30
)
KNOWN = "hex rot13 utf-7 utf-16 idna punycode undefined unicode_escape latin-1 UTF8"
ALPHABETS = st.one_of(st.sampled_from(KNOWN.split()), LETTERS)
CLAIMS = st.one_of(
    st.builds("; charset={}".format, ALPHABETS),
    st.builds("; charset*={}''a%00{}".format, ALPHABETS, LETTERS),
    st.builds('; boundary=x; charset="{}"'.format, ALPHABETS),
    LETTERS,
)
FILES, FORM = "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"
KINDS = st.sampled_from([FILES, FORM, "application/json", "text/plain", ""])
PART = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


def parts(**said):
    """A body as a form with files sends it, whatever bytes are in it."""
    return b"".join(PART % (name.encode(), value) for name, value in said.items()) + b"--x--\r\n"


BROKEN = [b"focus=%&place=%zz%ff", b"--x\r\n", b"[" * 5000, b"\x00" * 100, PART[:40]]
HALVES = [parts(focus=b"mixed", place=b"+2D0-"), parts(focus=b"x", place=b"\\ud83d")]  # UTF-7 and escapes
BODIES = st.one_of(
    st.builds(lambda text: parts(focus=b"mixed", place=text), st.binary(max_size=20)),
    st.builds(lambda text: b"focus=mixed&place=" + text, st.binary(max_size=20)),
    st.sampled_from([*BROKEN, *HALVES]),
)
QUERIES = st.sampled_from(["", "place=Moss", "%", "place=%ff%00&%zz"])


@pytest.fixture(autouse=True)
def connection_of_the_test(db):
    """A request begins by closing connections that are busy; the test's own is."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def asked(path, *, method="GET", body=b"", **environ):
    """(status, page) of the answer to a request just as it came over the wire."""
    told = []
    request = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    said = application(request | environ, lambda status, headers: told.append(status))
    return int(told[0].split()[0]), b"".join(said).decode()


@examples(0.5)
@given(kind=KINDS, claim=CLAIMS, body=BODIES, query=QUERIES)
def test_whatever_a_request_says_of_itself_it_gets_an_answer(kind, claim, body, query):
    for method in ("GET", "POST"):
        status, _page = asked(FIND, method=method, body=body, CONTENT_TYPE=kind + claim, QUERY_STRING=query)
        assert status in (200, 302, 400), status


def test_a_page_is_shown_whatever_alphabet_is_named():
    for named in ("hex", "utf-7", "undefined", "latin-1"):
        told = asked(FIND, CONTENT_TYPE=f"text/plain; charset={named}", QUERY_STRING="place=Moss")
        assert told[0] == HTTPStatus.OK
        assert 'value="Moss"' in told[1]


@pytest.mark.parametrize("alphabet", ["utf-8", "UTF8", "nosuch"])
def test_a_form_in_utf_8_is_read(alphabet):
    kind = f"{FILES}; charset={alphabet}"
    told = asked(FIND, method="POST", body=parts(focus=b"mixed", place="Tromsø".encode()), CONTENT_TYPE=kind)
    assert told[0] == HTTPStatus.OK
    assert 'value="Tromsø"' in told[1]


@pytest.mark.parametrize("alphabet", ["latin-1", "utf-7", "utf-16", "hex"])
def test_a_form_in_another_alphabet_is_not_read_wrongly(alphabet):
    body = parts(focus=b"mixed", place="Tromsø".encode("latin-1"))
    kind = f"{FILES}; charset={alphabet}"
    assert (
        asked(FIND, method="POST", body=body, CONTENT_TYPE=kind)[0] == HTTPStatus.FOUND
    )  # nothing was asked
    assert asked(BEGIN, method="POST", body=body, CONTENT_TYPE=kind)[0] == HTTPStatus.FORBIDDEN
    assert not Organisation.objects.exists()


NAMES = ["sessionid", "csrftoken", "rundbord-browser", "messages", "django_language"]
COOKIES = ['"abcdefghijklm\\000"', "x" * 8000, '"\\355\\240\\275"' * 4, "%00%ff", "=;,=", "a" * 32 + "\x01"]


@pytest.mark.parametrize("cookie", COOKIES)
def test_odd_cookies_are_nobody_s(cookie):
    everything = "; ".join(f"{name}={cookie}" for name in NAMES)
    for path in ("/en/min/", "/en/min/igjen/", "/en/konto/login/", "/en/kontor/"):
        assert asked(path, HTTP_COOKIE=everything)[0] in (200, 302), path
