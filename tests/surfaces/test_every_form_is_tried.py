"""Every address that takes a form is one that anything is typed into: a new form cannot be forgotten."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel.ids import new_id
from tests.architecture.source import python_files, tree
from tests.config import test_anything_typed as sign_in
from tests.conftest import NOW
from tests.demonstration.test_entrances import ROLES
from tests.factories import groups as grouping
from tests.surfaces import test_anything_typed as open_to_many
from tests.surfaces import test_anything_typed_inside as inside_pages
from tests.surfaces.hostile import examples, said, tried
from tests.surfaces.mine.people import browser, inside, starter_of
from tests.surfaces.office import test_odd_first_run as first_run
from tests.surfaces.office import test_odd_input as desk
from tests.surfaces.office.conftest import account_with, signed_in

pytestmark = pytest.mark.urls("tests.surfaces.every_address")
ENTRANCE = "demo:enter"
MODULES = (sign_in, open_to_many, inside_pages, first_run, desk)
TRIED = {ENTRANCE}.union(*(module.COVERED for module in MODULES))
NOT_FOR_FORMS = 405
# Looks for the codes before it looks at what is asked; there is no form.
NOTHING_TO_SEND = {"mfa_download_recovery_codes"}


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[None]:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    """The entrances are open."""
    settings.RUNDBORD_DEMO = True


Visitors = dict[str, list[Client]]


@pytest.fixture
def visitors(organisation: Any) -> Visitors:
    """Whoever may open a page of a surface is among its visitors."""
    group = grouping.started(organisation, 5)
    manager = signed_in(account_with(organisation, "manager", "content_editor"))
    persons = [inside(grouping.people(group)[0].signup), inside(starter_of(group))]
    return {"office": [manager], "mine": persons, "": [browser(), manager]}


def who(name: str, visitors: Visitors) -> list[Client]:
    """The visitors of an address."""
    return visitors.get(name.split(":")[0], visitors[""])


Parts = dict[str, Any]  # of an address: name -> converter, or None


def named(
    resolver: URLResolver, spaces: tuple[str, ...] = (), above: Parts | None = None
) -> Iterator[tuple[str, Parts]]:
    """(name, parts) of every address below a resolver; `above`: the parts that lead to it."""
    for each in resolver.url_patterns:
        pattern: Any = each.pattern
        parts = (above or {}) | dict.fromkeys(pattern.regex.groupindex) | pattern.converters
        if isinstance(each, URLResolver):
            yield from named(each, (*spaces, each.namespace) if each.namespace else spaces, parts)
        else:
            yield ":".join((*spaces, each.name or "")), parts


def addresses() -> dict[str, str]:
    """Name of each address -> one like it in English, with made-up ids."""
    like = {"PublicIdConverter": new_id(), "IntConverter": 1}
    found = {}
    with override("en"):
        for name, parts in named(get_resolver()):
            made_up = {part: like.get(type(kind).__name__, "x") for part, kind in parts.items()}
            found[name] = reverse(name, kwargs=made_up)
    return found


def takes_forms(name: str, address: str, visitors: Visitors) -> bool:
    """Whether nobody is told that nothing can be sent there."""
    told = (tried(client, address, {"x": "x"}).status_code for client in who(name, visitors))
    return NOT_FOR_FORMS not in told


def test_anything_is_typed_into_every_form(visitors: Visitors) -> None:
    found = addresses()
    assert len(found) > 90
    takes = {name for name, address in found.items() if takes_forms(name, address, visitors)}
    assert takes - NOTHING_TO_SEND == TRIED


def deeds(file: str) -> set[str]:
    """The verbs of a page of the desk, as its view names them."""
    [path] = [path for path in python_files("surfaces/office/views") if path.stem == file]
    [named_here] = [
        node.value
        for node in tree(path).body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_DEEDS"
    ]
    return {key.value for key in named_here.keys}


@pytest.mark.parametrize("file", desk.DEEDS)
def test_every_deed_of_the_desk_is_tried(file):
    assert deeds(file) == desk.DEEDS[file]


LARGE, MANY = b"a" * 1_000_001, b"&".join([b"a=b"] * 2_100)
BROKEN = [b"%", b"%zz=%ff&%00=%00", b"--x\r\n", b"--x--", b"{}", b"<a/>"]
BYTES = st.one_of(st.binary(max_size=60), st.sampled_from([*BROKEN, LARGE, MANY]))
FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
KINDS = st.sampled_from([FORM, FILES, f"{FILES}; boundary=x", "application/json", "text/plain", "x", ""])


@examples(0.1)
@given(body=BYTES, kind=KINDS, place=st.integers(0, 1))
def test_whatever_is_sent_is_answered(visitors, body, kind, place):
    found = addresses()
    for name in sorted(TRIED):
        client = who(name, visitors)[-place]
        answer = tried(client, found[name], body, content_type=kind)
        assert answer.status_code in (200, 302, 400, 403, 404, 429), (name, answer.status_code)


@examples(0.1)
@given(posted=said("x", next="//evil.example/"))
def test_the_entrances_of_the_demonstration(posted):
    for role in [*ROLES, "x" * 5_000]:
        assert tried(browser(), f"/demo/inn/{role}/", posted).status_code in (302, 404)
