"""Asks a server on this machine for pages, and times the answers: page after page in turn."""

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

EMPTY = "/hva-er-det/"  # a text: no form, no list
FIND = "/finn/?place=Drammen&radius=40&weekday=1&language=no"
COUNTRY = "/finn/"
AT_ONCE = 4


@dataclass(frozen=True)
class Times:
    """Of one page. Milliseconds one after the other; under load pages a second and their 95th percentile."""

    median: float
    each_second: float
    p95: float
    again: int  # the status of a repeat view
    size: int  # bytes


class Visitor:
    """One connection to the server, kept open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, address: str, etag: str = "") -> tuple[float, int, str, int]:
        """(milliseconds, status, ETag, bytes)."""
        began = time.perf_counter()
        self.connection.request("GET", address, headers={"If-None-Match": etag} if etag else {})
        answer = self.connection.getresponse()
        body = answer.read()
        return 1000 * (time.perf_counter() - began), answer.status, answer.headers.get("ETag", ""), len(body)


def measure(port: int, addresses: list[str], *, rounds: int, seconds: float) -> dict[str, Times]:
    """Every page `rounds` times in turn, so that the machine's moods meet all alike; then each under load."""
    visitor = Visitor(port)
    for address in addresses * 5:
        _, status, _, _ = visitor.get(address)
        if status != 200:
            raise SystemExit(f"{address} answers {status}")
    alone: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(rounds):
        for address in addresses:
            alone[address].append(visitor.get(address)[0])
    return {address: _times(port, address, alone[address], seconds) for address in addresses}


def _times(port: int, address: str, alone: list[float], seconds: float) -> Times:
    visitor = Visitor(port)
    _, _, etag, size = visitor.get(address)
    _, again, _, _ = visitor.get(address, etag)
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        asked = list(visitors.map(lambda _: _keep_asking(port, address, seconds), range(AT_ONCE)))
    spent = sorted(one for several in asked for one in several)
    p95 = spent[min(len(spent) - 1, int(0.95 * len(spent)))]
    return Times(statistics.median(alone), len(spent) / seconds, p95, again, size)


def _keep_asking(port: int, address: str, seconds: float) -> list[float]:
    visitor, spent, end = Visitor(port), [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        spent.append(visitor.get(address)[0])
    return spent
