"""What people do on pages and with letters. Words are looked up in bokmål, as people see them."""

import re
from email.message import EmailMessage
from typing import Any

from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Error, Locator, Page, Response

from tests.kernel.postbox import Postbox, read

WIDTHS = (320, 1280)


def say(words: str, **filled: Any) -> str:
    """Our English words as a Norwegian meets them. Fails for words that have not been translated."""
    with translation.override("nb"):
        text = gettext(words)
    assert text != words or words in SAME_IN_BOTH, f"not in bokmål yet: {words}"
    return text % filled if filled else text


SAME_IN_BOTH = {"Pause", "Send", "Start"}


def work() -> None:
    """The background worker does what is due: letters, schedules, matching."""
    call_command("work", "--once", "--interval", "0")


class Letters:
    """The mailboxes of everybody."""

    def __init__(self, postbox: Postbox) -> None:
        self._postbox = postbox

    def all(self) -> list[EmailMessage]:
        """Every letter that came, oldest first."""
        work()
        return [read(letter) for letter in self._postbox.taken]

    def to(self, address: str) -> list[EmailMessage]:
        """Letters to one address, oldest first."""
        return [letter for letter in self.all() if address in str(letter["To"])]

    def newest(self, address: str) -> str:
        """The words of the newest letter to an address."""
        found = self.to(address)
        assert found, f"no letter to {address}"
        return words(found[-1])

    def link(self, address: str) -> str:
        """The private link in the newest letter."""
        return first(r"https?://\S+/inn/\S+", self.newest(address))

    def code(self, address: str) -> str:
        """The six digits in the newest letter."""
        return first(r"\b\d{6}\b", self.newest(address))


def words(letter: EmailMessage) -> str:
    """The text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def calendar(letter: EmailMessage) -> bytes | None:
    """The calendar entry that came with a letter."""
    parts = (part for part in letter.walk() if part.get_content_type() == "text/calendar")
    return next((part.get_payload(decode=True) for part in parts), None)  # type: ignore[misc]


def first(pattern: str, text: str) -> str:
    """The first match in a text."""
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in:\n{text}"
    return found.group()


class Person:
    """Somebody with a browser of her own. With `axe`, every page she meets is checked at both widths."""

    def __init__(self, name: str, page: Page, site: str, axe: str) -> None:
        self.name = name
        self.page = page
        self._site = site
        self._axe = axe
        page.on("response", self._refuse_error)

    def _refuse_error(self, response: Response) -> None:
        assert response.status < 500, f"{response.status} at {response.url}"

    def go(self, path: str) -> None:
        """Opens an address: a path of ours, or a whole link from a letter."""
        address = path if "://" in path else self._site + path
        try:
            self.page.goto(address)
        except Error as error:
            # A page that loads itself anew while something is under way may do so at this very moment.
            if "ERR_ABORTED" not in error.message:
                raise
            self.page.goto(address)
        self.look()

    def follow(self, label: str, **filled: Any) -> None:
        """Taps a link."""
        self.tap(self._main().get_by_role("link", name=say(label, **filled), exact=True).first)

    def press(self, label: str, within: Locator | None = None) -> None:
        """Taps a button."""
        self.tap(self.button(label, within))

    def tap(self, target: Locator) -> None:
        """Taps what leads to another page, and looks at that one, not at the page being left."""
        with self.page.expect_navigation(wait_until="load"):
            target.click()
        self.look()

    def button(self, label: str, within: Locator | None = None) -> Locator:
        """A button by its words."""
        return (within or self._main()).get_by_role("button", name=say(label), exact=True).first

    def unfold(self, label: str) -> None:
        """Opens what is folded under these words."""
        self._main().locator("summary").get_by_text(say(label), exact=True).click()

    def write(self, label: str, text: str) -> None:
        """Fills a field."""
        self.page.get_by_label(say(label)).first.fill(text)

    def choose(self, label: str) -> None:
        """Ticks a box or picks a radio."""
        self.page.get_by_label(say(label), exact=True).first.check()

    def pick(self, label: str, option: str) -> None:
        """Chooses in a drop-down list, by its value."""
        self.page.get_by_label(say(label)).first.select_option(option)

    def tick_times(self, *slots: int) -> None:
        """Ticks times in the week grid."""
        for slot in slots:
            self.page.locator(f'input[type=checkbox][name=slots][value="{slot}"]').check()

    def sees(self, text: str) -> bool:
        """Whether the page holds these very words."""
        return text in self.page.locator("body").inner_text()

    def reads(self, label: str, **filled: Any) -> None:
        """The page says this, in bokmål."""
        wanted = say(label, **filled)
        assert self.sees(wanted), f"{wanted!r} is not on the page:\n{self.page.locator('main').inner_text()}"

    def open_letter(self, letters: Letters, address: str) -> None:
        """Follows the link of the newest letter and taps the one button; types a code if asked for one."""
        self.go(letters.link(address))
        self.press("Open")
        if "/kode/" in self.page.url:
            self.write("Your code", letters.code(address))
            self.press("Go on")

    def _main(self) -> Locator:
        return self.page.locator("main")

    def look(self) -> None:
        """What must hold for every page: bokmål, help lines, nothing from others; and axe finds nothing."""
        self.page.wait_for_load_state()
        assert self.page.locator("html").get_attribute("lang") == "nb"
        assert self.page.locator('a[href="tel:116123"]').count() >= 1
        if self._axe:
            self._check_where_it_rests()

    def _check_where_it_rests(self) -> None:
        """A page may still be on its way elsewhere: then the one it comes to is the one to check."""
        for _ in range(3):
            try:
                return self._check()
            except Error as moved:
                if "context was destroyed" not in str(moved):
                    raise
                self.page.wait_for_load_state()
        return self._check()

    def _check(self) -> None:
        asked = self.page.viewport_size or {"width": 320, "height": 800}
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.evaluate(self._axe)
            found = self.page.evaluate("async () => (await axe.run()).violations")
            told = [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]
            assert not told, f"{self.page.url} at {width}: {told}"
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} wide at {width}"
        self.page.set_viewport_size(asked)
