"""./dev bench face: which pages fall short, and the best of three for speed alone."""

import pytest

from bench.face import __main__ as face

FULL = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}


def report(**points):
    categories = {name: {"score": points.get(name.replace("-", "_"), 100) / 100} for name in FULL}
    audits = {"label": {"score": 0, "title": "A field has no label", "scoreDisplayMode": "binary"}}
    refs = [{"id": "label", "weight": 7}]
    return {
        "categories": {
            name: {**each, "auditRefs": refs if name == "accessibility" else []}
            for name, each in categories.items()
        },
        "audits": audits,
    }


@pytest.fixture
def told(monkeypatch):
    """Reports that Lighthouse gives one after the other."""
    waiting = []
    monkeypatch.setattr(face, "measure", lambda *_: waiting.pop(0))
    return waiting


@pytest.mark.parametrize(
    ("points", "short"),
    [
        ({}, []),
        ({"performance": 94}, ["performance"]),
        ({"performance": 95, "accessibility": 99}, ["accessibility"]),
    ],
)
def test_what_falls_short(points, short):
    assert face.short_of(face.scores(report(**points))) == short


def test_a_slow_moment_is_tried_again(told):
    told += [report(performance=80), report(performance=97), report(performance=90)]
    found, _last = face.best("/", [], {})
    assert found["performance"] == 97
    assert len(told) == 1


def test_nothing_else_gets_better_by_trying_again(told):
    told += [report(accessibility=90), report()]
    found, last = face.best("/", [], {})
    assert face.short_of(found) == ["accessibility"]
    assert face.missed(last) == ["A field has no label"]


def test_a_page_that_asks_not_to_be_found_is_not_judged_by_that():
    hidden = report(seo=63)
    hidden["audits"]["is-crawlable"] = {"score": 0, "title": "Page is blocked", "scoreDisplayMode": "binary"}
    hidden["categories"]["seo"]["auditRefs"] = [{"id": "is-crawlable", "weight": 4}]
    assert face.short_of(face.scores(hidden)) == []
    assert "Page is blocked" not in face.missed(hidden)
    assert face.short_of(face.scores(report(seo=63))) == ["seo"]
