"""What anybody may type or send, posted without a trace, and what must come back: never a breakdown, and
where something is refused, a sentence beside the field and all that was typed."""

import html
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.shell.pages import Page
from tests.surfaces.public.wishing import Fields

NASTY = [
    "",
    " ",
    "\x00",
    "x" * 10_000,
    "\u202eolleh\u202c",
    "ﷺ 王芳 Иван فاطمة நிலா",
    "🙂‍↔️" * 50,
    "0001-01-01",
    "31.02.2026",
    "-1",
    "1e400",
    "9" * 5_000,
    "٣",
    "' OR 1=1 --",
    "<script>alert(1)</script>{{ 7 }}{% x %}",
    "../../etc/passwd",
    "\r\n\r\nSet-Cookie: a=b",
    "kari@example.org\nBcc: a@example.org",
    f"kari@{'æ' * 60}.example.org",
    "+46 70 123 45 67",
    "0047 (0) 412 34 567",
    "[" * 5_000,
]
text = st.one_of(
    st.sampled_from(NASTY), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
)
values = st.one_of(text, st.lists(text, max_size=3))
_BY_SCRIPT = {"credential"}  # a script asks a passkey each time; an old answer is no use
_PATIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def examples(share: float) -> settings:
    """So many times the examples of the profile."""
    return settings(
        max_examples=max(4, int(share * settings().max_examples)),
        deadline=None,
        suppress_health_check=_PATIENT,
    )


def said(names: str, **real: str) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the fields, each with anything, some several times; now and then what is really asked for."""
    kinds = {
        name: st.one_of(values, st.just(real[name])) if name in real else values for name in names.split()
    }
    # A form in a browser is never quite empty: its token comes with it.
    return st.fixed_dictionaries({"token": st.just("x")}, optional=kinds)


def tried(client: Client, address: str, posted: dict[str, Any], **how: Any) -> Any:
    """The answer to a form. Afterwards everything is as before: rows, session, cookies, and tries left."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.post(address, posted, **how)
        transaction.set_rollback(True)
    client.cookies = cookies
    cache.clear()
    return answer


def holds(client: Client, address: str, posted: dict[str, Any], own: str | None = None) -> Any:
    """The form answers with itself or leads on; what it complains of is kept.

    `own`: its fields, where the page has other forms too.
    """
    answer = tried(client, address, posted)
    assert answer.status_code in (200, 302, 400, 404), answer.status_code
    if answer.status_code == 200:
        page = read(answer)
        assert page.all("h1")
        if complaints(page):
            typed = posted if own is None else {name: posted[name] for name in own.split() if name in posted}
            assert lost(answer, typed) == []
    return answer


def refused(client: Client, address: str, posted: dict[str, Any], own: str | None = None) -> Any:
    """As `holds`, for a form that leads on when it is satisfied: a page means that something was wrong."""
    answer = holds(client, address, posted, own)
    if answer.status_code == 200:
        assert complaints(read(answer))
    return answer


def read(answer: Any) -> Page:
    """The page of an answer."""
    return _parsed(answer.content.decode())


@lru_cache(maxsize=2)
def _parsed(content: str) -> Page:
    return Page(content)


def complaints(page: Page) -> list[str]:
    """The sentences beside fields and above the form."""
    marked = [
        e
        for e in page.elements
        if e.attrs.get("data-field") == "validation" or e.attrs.get("role") == "alert"
    ]
    return [plain(element.text) for element in marked if plain(element.text)]


def lost(answer: Any, posted: dict[str, Any]) -> list[str]:
    """Names of what was typed or chosen and does not stand in the page that came back. Passwords never do."""
    page = read(answer)
    stands: dict[str, set[str]] = {}
    for name, value in Fields(answer.content.decode()).sent:
        stands.setdefault(name, set()).add(plain(value))
    offered = _offered(page)
    secret = {choice.attrs.get("name") for choice in page.all("input", type="password")} | _BY_SCRIPT
    told = {name: typed for name, typed in posted.items() if name not in secret}
    return [name for name, typed in told.items() if _gone(name, typed, stands.get(name, set()), offered)]


def _gone(name: str, typed: Any, stands: set[str], offered: dict[str, set[str]]) -> bool:
    last = typed if isinstance(typed, str) else (typed or [""])[-1]
    if name in offered:  # a wrong choice cannot be shown
        return last in offered[name] and plain(last) not in stands
    return bool(stands) and plain(last) not in stands


def _offered(page: Page) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for choice in page.all("input"):
        if choice.attrs.get("type") in {"radio", "checkbox"}:
            found.setdefault(choice.attrs.get("name", ""), set()).add(choice.attrs.get("value", "on"))
    inside = ""
    for element in page.elements:
        inside = element.attrs.get("name", "") if element.name == "select" else inside
        if element.name == "option":
            found.setdefault(inside, set()).add(element.attrs.get("value", ""))
    return found


def plain(words: str) -> str:
    """Words as everybody sees them: browsers and parsers see line ends and NULs differently."""
    return "".join(sign for sign in html.unescape(words) if not sign.isspace() and sign not in "\x00\ufffd")
