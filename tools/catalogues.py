"""The translations: compile them, bring them in step with the sources, say what is missing.
Runs inside .venv.

python -m tools.catalogues update | check | compile [FILE …]
"""

import re
import sys
from pathlib import Path

import polib

from tools.extraction import Text, texts

SOURCE = Path(__file__).resolve().parents[1] / "src" / "rundbord"
LANGUAGES = ("nb", "nn")
HEADER = {
    "Project-Id-Version": "Rundbord",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# %(name)s and {name}; a doubled %% or {{ is a plain sign.
PLACEHOLDER = re.compile(r"%%|\{\{|\}\}|%\(\w+\)[sd]|\{\w*(?:![rs])?(?::[^}]*)?\}")
SHOWN = 15  # findings shown per language


def catalogue(language: str, source: Path = SOURCE) -> Path:
    """Where a language's texts live."""
    return source / "locale" / language / "LC_MESSAGES" / "django.po"


def merged(old: polib.POFile | None, found: dict[Text, list[str]], language: str) -> polib.POFile:
    """A catalogue of exactly the texts found: known translations kept, new ones empty, dropped ones gone."""
    known: dict[tuple[str | None, str], polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in (old or []) if not entry.obsolete
    }
    new = polib.POFile(wrapwidth=110)
    new.metadata = {**HEADER, "Language": language}
    for text, places in _once_each(found).items():
        new.append(_entry(text, places, known.get((text.context, text.singular))))
    return new


def _once_each(found: dict[Text, list[str]]) -> dict[Text, list[str]]:
    """gettext knows a text by context and singular: "day" and "day"/"days" are one entry, with the plural."""
    kept: dict[tuple[str | None, str], Text] = {}
    places: dict[tuple[str | None, str], list[str]] = {}
    for text, where in found.items():
        key = (text.context, text.singular)
        if key not in kept or text.plural:
            kept[key] = text
        places[key] = sorted({*places.get(key, []), *where})
    return {text: places[key] for key, text in kept.items()}


def _entry(text: Text, places: list[str], old: polib.POEntry | None) -> polib.POEntry:
    # Files without line numbers: the catalogue changes only when a text does.
    entry = polib.POEntry(
        msgid=text.singular, msgctxt=text.context, occurrences=[(place, "") for place in places],
        tcomment=old.tcomment if old else "",
    )  # fmt: skip
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = old.msgstr_plural if old and old.msgstr_plural else {0: "", 1: ""}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def findings(old: polib.POFile | None, found: dict[Text, list[str]]) -> list[str]:
    """What is wrong with a catalogue, one line each; empty when it is complete."""
    entries = {(e.msgctxt, e.msgid): e for e in (old or []) if not e.obsolete}
    wanted = {(text.context, text.singular): text for text in _once_each(found)}
    lines = [f"not in the catalogue: {_short(key[1])}" for key in wanted if key not in entries]
    lines += [f"no longer in the sources: {_short(key[1])}" for key in entries if key not in wanted]
    for key, entry in entries.items():
        lines += _wrong(entry)
        if key in wanted and (entry.msgid_plural or "") != wanted[key].plural:
            lines.append(f"plural differs from the sources: {_short(entry.msgid)}")
    return lines


def _wrong(entry: polib.POEntry) -> list[str]:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if "fuzzy" in entry.flags:
        return [f"unsure (fuzzy): {_short(entry.msgid)}"]
    if not all(said):
        return [f"not translated: {_short(entry.msgid)}"]
    allowed = placeholders(entry.msgid_plural or entry.msgid)
    strict = not entry.msgid_plural  # "one day" may leave out the number
    if any(not (placeholders(word) == allowed if strict else placeholders(word) <= allowed) for word in said):
        return [f"placeholders differ: {_short(entry.msgid)}"]
    return []


def placeholders(text: str) -> set[str]:
    """Names to be filled in: "%(day)s at {place}" gives {"%(day)s", "{place}"}."""
    return {word for word in PLACEHOLDER.findall(text) if word not in {"%%", "{{", "}}"}}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"


def _read(path: Path) -> polib.POFile | None:
    return polib.pofile(str(path), wrapwidth=110) if path.is_file() else None


def update(source: Path = SOURCE) -> int:
    """Write each catalogue anew and say how much is left to translate."""
    found = texts(source)
    for language in LANGUAGES:
        path = catalogue(language, source)
        new = merged(_read(path), found, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))
        print(f"{language}: {len(new)} texts, {len(new.untranslated_entries())} not translated")
    return 0


def check(source: Path = SOURCE) -> int:
    """0 when every language is complete; else the findings, the first of them shown."""
    found = texts(source)
    wrong = {language: findings(_read(catalogue(language, source)), found) for language in LANGUAGES}
    for language, lines in wrong.items():
        for line in lines[:SHOWN]:
            print(f"{language}: {line}")
        if len(lines) > SHOWN:
            print(f"{language}: … and {len(lines) - SHOWN} more.")
    if any(wrong.values()):
        print("./dev messages brings the catalogues in step with the sources.")
    return 1 if any(wrong.values()) else 0


def compile_all(paths: list[Path]) -> int:
    """Each .po beside itself as .mo."""
    for path in paths:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


def main(words: list[str]) -> int:
    """The words on the command line."""
    match words:
        case ["update"]:
            return update()
        case ["check"]:
            return check()
        case ["compile", *paths]:
            return compile_all([Path(path) for path in paths])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
