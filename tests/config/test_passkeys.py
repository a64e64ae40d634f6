"""What a passkey answers, bent in every way: read, or refused in words; never a breakdown."""

import json
from contextlib import suppress

import pytest
from django.contrib.auth import get_user
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.config.passkeys import options, type_password
from tests.shell.pages import Page
from tests.surfaces.hostile import complaints, examples, text, tried
from tests.surfaces.mine.people import at

pytestmark = pytest.mark.django_db
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), text, st.just("\ud83d"), st.just("\x00")),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(text, inside, max_size=3)),
    max_leaves=5,
)
DEEP = ["[" * 50_000, "[" * 3_000 + "]" * 3_000, '{"a":' * 3_000 + "1" + "}" * 3_000]


PASSKEYS = ["mfa_login_webauthn", "mfa_authenticate", "mfa_reauthenticate_webauthn", "mfa_add_webauthn"]


def bent(answer, path, value):
    """The answer of a passkey with one part of it changed, taken away, or put in."""
    where = answer
    for step in path[:-1]:
        where = where[step]
    where.pop(path[-1], None)
    if value is not Ellipsis:
        where[path[-1]] = value
    return answer


PARTS = st.sampled_from(
    [("id",), ("rawId",), ("type",), ("response",), ("clientExtensionResults",), ("authenticatorAttachment",)]
    + [
        ("response", name)
        for name in ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
    ]
)
CBOR = st.sampled_from(
    [
        "",
        "oA",
        "o2NmbXRkbm9uZQ",
        "gYGBgYGB",
        "AAAA",
        "_____w",
        "W1tbW1tb" * 1000,
        "eyJ0eXBlIjoxfQ",
        "W10",
        "bnVsbA",
    ]
)


@examples(0.8)
@given(data=st.data(), part=PARTS, value=st.one_of(JSON, CBOR, st.just(...)))
def test_a_passkey_s_answer_with_a_part_of_it_wrong(phone, office, data, part, value):
    route = data.draw(st.sampled_from(PASSKEYS))
    client = office
    if route in ("mfa_login_webauthn", "mfa_authenticate"):
        client = Client()
        type_password(client)
    if route == "mfa_login_webauthn":
        client = Client()
        asked = client.get(at(route), HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()["request_options"]
    else:
        asked = options(client.get(at(route)))
    answer = phone.registered(asked) if route == "mfa_add_webauthn" else phone.signed(asked)
    with suppress(KeyError):
        answer = bent(answer, part, value)
    told = tried(client, at(route), {"credential": json.dumps(answer), "name": "x"})
    assert told.status_code in (200, 302)
    if told.status_code == 200:
        [sentence] = complaints(Page(told.content.decode()))
        assert "Thepasskeywasnotused." in sentence


@pytest.mark.parametrize("posted", [*DEEP, "null", "[]", "{}", "x", '"\\ud83d"', '{"id":"a"}', "NaN"])
def test_what_is_no_answer_of_a_passkey_is_said_in_words(phone, office, posted):
    step = Client()
    type_password(step)
    for client, route in ((step, "mfa_authenticate"), (office, "mfa_add_webauthn")):
        [sentence] = complaints(Page(tried(client, at(route), {"credential": posted}).content.decode()))
        assert "Thepasskeywasnotused." in sentence
    for client, route in ((Client(), "mfa_login_webauthn"), (office, "mfa_reauthenticate_webauthn")):
        assert tried(client, at(route), {"credential": posted}).status_code == 302


def test_what_a_passkey_answers_as_it_should_is_taken(phone, kari):
    client = Client()
    asked = client.get(at("mfa_login_webauthn"), HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()[
        "request_options"
    ]
    client.post(at("mfa_login_webauthn"), {"credential": json.dumps(phone.signed(asked))})
    assert get_user(client).is_authenticated
