"""The catalogues: kept in step with the sources, and honest about what is missing."""

import polib
import pytest

from tools import catalogues
from tools.extraction import Text

GREETING, DAYS = Text("Hello %(name)s"), Text("%(n)s day", "%(n)s days")


def found(*texts: Text) -> dict[Text, list[str]]:
    return {text: ["groups/rules.py"] for text in texts}


def entry(msgid: str, msgstr: str = "", **more) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


def test_new_texts_come_in_known_ones_stay_and_dropped_ones_go():
    old = catalogue(entry("Hello %(name)s", "Hei %(name)s", tcomment="by ear"), entry("Gone", "Borte"))
    new = catalogues.merged(old, found(GREETING, DAYS), "nb")
    assert [(one.msgid, one.msgstr, one.tcomment) for one in new] == [
        ("Hello %(name)s", "Hei %(name)s", "by ear"),
        ("%(n)s day", "", ""),
    ]
    assert new.metadata["Language"] == "nb"


def test_merging_twice_changes_nothing():
    once = catalogues.merged(None, found(GREETING, DAYS), "nn")
    assert str(catalogues.merged(once, found(GREETING, DAYS), "nn")) == str(once)


def test_no_translation_is_guessed_or_revived():
    retired = entry("Hello %(name)s", "Hei %(name)s", obsolete=True)
    near = entry("Hello, %(name)s!", "Hei, %(name)s!")
    new = catalogues.merged(catalogue(retired, near), found(GREETING), "nb")
    assert [(one.msgstr, one.flags) for one in new] == [("", [])]


def test_the_same_words_with_and_without_a_plural_are_one_entry():
    new = catalogues.merged(None, {Text("day"): ["a.py"], Text("day", "days"): ["b.py"]}, "nb")
    assert [(one.msgid, one.msgid_plural, one.occurrences) for one in new] == [
        ("day", "days", [("a.py", ""), ("b.py", "")])
    ]


def test_the_same_words_in_two_contexts_are_two_entries():
    new = catalogues.merged(None, found(Text("May", "", "month"), Text("May")), "nb")
    assert {one.msgctxt for one in new} == {"month", None}


def test_a_complete_catalogue_has_no_findings():
    days = entry("%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "én dag", 1: "%(n)s dager"})
    assert (
        catalogues.findings(catalogue(entry("Hello %(name)s", "Hei %(name)s"), days), found(GREETING, DAYS))
        == []
    )


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ([], "not in the catalogue"),
        ([entry("Hello %(name)s", "")], "not translated"),
        ([entry("Hello %(name)s", "Hei", flags=["fuzzy"])], "unsure"),
        ([entry("Hello %(name)s", "Hei %(navn)s")], "placeholders differ"),
        ([entry("Hello %(name)s", "Hei")], "placeholders differ"),
        ([entry("Hello %(name)s", "Hei %(name)s"), entry("Old", "Gammel")], "no longer in the sources"),
        (
            [entry("Hello %(name)s", msgid_plural="x %(name)s", msgstr_plural={0: "a", 1: "b"})],
            "plural differs from the sources",
        ),
    ],
)
def test_each_lack_is_named(kept, says):
    lines = catalogues.findings(catalogue(*kept), found(GREETING))
    assert len(lines) == 1
    assert lines[0].startswith(says)


def test_half_a_plural_is_not_translated():
    days = entry("%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "%(n)s dag", 1: ""})
    assert catalogues.findings(catalogue(days), found(DAYS)) == ["not translated: %(n)s day"]


def test_no_catalogue_at_all_lacks_every_text():
    assert len(catalogues.findings(None, found(GREETING, DAYS))) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%(day)s at {place}", {"%(day)s", "{place}"}),
        ("100 %% and {{ x }}", set()),
        ("{0} of {n:d}", {"{0}", "{n:d}"}),
        ("50 % of it", set()),
    ],
)
def test_placeholders(text, names):
    assert catalogues.placeholders(text) == names


def test_update_then_check_then_compile(tmp_path, capsys):
    (tmp_path / "rules.py").write_text('_("Full")\n')
    catalogues.update(tmp_path)
    assert catalogues.check(tmp_path) == 1
    assert "nn: not translated: Full" in capsys.readouterr().out
    paths = [catalogues.catalogue(language, tmp_path) for language in catalogues.LANGUAGES]
    for path in paths:
        path.write_text(path.read_text().replace('msgid "Full"\nmsgstr ""', 'msgid "Full"\nmsgstr "Fullt"'))
    assert catalogues.check(tmp_path) == 0
    catalogues.compile_all(paths)
    assert [polib.mofile(str(path.with_suffix(".mo")))[0].msgstr for path in paths] == ["Fullt", "Fullt"]


def test_long_lists_are_shown_in_part(tmp_path, capsys):
    (tmp_path / "rules.py").write_text("".join(f'_("Text {n}")\n' for n in range(40)))
    catalogues.check(tmp_path)
    shown = capsys.readouterr().out
    assert shown.count("not in the catalogue") == 2 * catalogues.SHOWN
    assert "… and 25 more" in shown
