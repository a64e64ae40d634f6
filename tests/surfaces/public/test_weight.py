"""What the first page weighs on a slow line: everything it fetches but the letters, compressed."""

import gzip
import re

from django.contrib.staticfiles import finders

from tests.surfaces.mine.people import at, browser


def weight(data):
    """Bytes on the line."""
    return len(gzip.compress(data))


def test_the_first_page_stays_well_under_60_kilobytes(organisation):
    answer = browser().get(at("public:front"))
    fetched = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|png))"', answer.content.decode())
    files = {name: finders.find(name) for name in fetched}
    assert len(files) > 8 and all(files.values())
    sizes = {}
    for name, path in files.items():
        with open(path, "rb") as file:
            sizes[name] = weight(file.read())
    assert weight(answer.content) + sum(sizes.values()) <= 45_000, sizes
