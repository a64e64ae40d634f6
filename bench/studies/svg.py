"""A chart as SVG: text stays text, the same numbers give the same bytes, and it reads in dark and light."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 82, 150, 16, 52
# Okabe and Ito's colours that keep apart for most eyes, on white and on black.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1a1a1a}.axis{stroke:#777;fill:none}.grid{stroke:#8884}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}}"
)


class Chart:
    """Axes from (x0, y0) to (x1, y1), and what is drawn on them."""

    def __init__(self, title: str, x: tuple[float, float, str], y: tuple[float, float, str]) -> None:
        self.title, self.x, self.y = title, x, y
        self.parts: list[str] = []

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies, in pixels."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return round(LEFT + across * (WIDTH - LEFT - RIGHT), 1), round(
            HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM), 1
        )

    def text(self, x: float, y: float, words: str, anchor: str = "start", more: str = "") -> None:
        """Words at a place in pixels."""
        self.parts.append(f'<text x="{x}" y="{y}" text-anchor="{anchor}"{more}>{escape(words)}</text>')

    def line(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A line through points."""
        path = " ".join(f"{a},{b}" for a, b in (self.at(*point) for point in points))
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')

    def interval(self, x: float, low: float, mean: float, high: float, colour: str) -> None:
        """A dot with what it could also be."""
        (a, top), (_, bottom), (_, middle) = self.at(x, high), self.at(x, low), self.at(x, mean)
        self.parts.append(f'<path d="M{a} {top}V{bottom}" stroke="{colour}" stroke-width="2"/>')
        self.parts.append(f'<circle cx="{a}" cy="{middle}" r="5" fill="{colour}"/>')

    def labels(self, ends: Sequence[tuple[float, str, str]]) -> None:
        """(y, words, colour) at the right edge, moved apart where they would cover one another."""
        below = float(HEIGHT)
        for y, words, colour in sorted(ends):
            place = min(self.at(self.x[1], y)[1] + 5, below - 17)
            self.text(WIDTH - RIGHT + 8, place, words, more=f' style="fill:{colour}"')
            below = place

    def drawn(
        self, x_ticks: Sequence[tuple[float, str]], y_ticks: Sequence[float], told: Callable[[float], str]
    ) -> str:
        """The whole picture."""
        parts, self.parts = self.parts, []
        for y in y_ticks:
            (a, b), (c, _) = self.at(self.x[0], y), self.at(self.x[1], y)
            self.parts.append(f'<path class="grid" d="M{a} {b}H{c}"/>')
            self.text(LEFT - 8, b + 5, told(y), "end")
        for x, words in x_ticks:
            self.text(self.at(x, self.y[0])[0], HEIGHT - BOTTOM + 20, words, "middle")
        self.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, self.x[2], "middle")
        self.text(
            0, 0, self.y[2], "middle", f' transform="translate(16 {(HEIGHT - BOTTOM) / 2}) rotate(-90)"'
        )
        self.parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>')
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        return "\n".join([head, f"<title>{escape(self.title)}</title>", f"<style>{STYLE}</style>",
                          *self.parts, *parts, "</svg>"]) + "\n"  # fmt: skip
