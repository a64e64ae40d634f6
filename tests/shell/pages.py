"""Reading a page as a browser does: elements with their attributes and words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "path", "rect", "circle", "hr", "img"}


@dataclass
class Element:
    """An element, its attributes, and all words inside it."""

    name: str
    attrs: dict[str, str]
    inside: tuple[str, ...] = ()
    text: str = field(default="")


class Page(HTMLParser):
    """All elements of a page, in order; `unbalanced` names what was closed wrongly."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.unbalanced: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += [element.name for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parents = tuple(element.name for element in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, parents)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parents = tuple(element.name for element in self.open)
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, parents))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].name == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, element: str, /, **attrs: str) -> list[Element]:
        """Elements of that name whose attributes are these (class_ for class, _ for -)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attrs.items()}
        return [
            e
            for e in self.elements
            if e.name == element and all(e.attrs.get(k) == v for k, v in wanted.items())
        ]

    def one(self, element: str, /, **attrs: str) -> Element:
        """The only such element."""
        found = self.all(element, **attrs)
        assert len(found) == 1, f"{len(found)} × {element} {attrs}"
        return found[0]

    def by_id(self, wanted: str) -> Element:
        """The only element with that id."""
        found = [e for e in self.elements if e.attrs.get("id") == wanted]
        assert len(found) == 1, f"{len(found)} × #{wanted}"
        return found[0]

    def ids(self) -> list[str]:
        """Every id, in order."""
        return [e.attrs["id"] for e in self.elements if "id" in e.attrs]


def words(text: str) -> str:
    """Text with its white space evened out."""
    return " ".join(text.split())
