"""Names made comparable: what people type against what a place is called, in Norwegian, Sámi and Kven."""

import re
import unicodedata

LONGEST_QUERY = 80  # longer than any place name; the rest of a pasted text is not looked at

# Letters that do not fall apart into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ł": "l"})
# Keyboards without å, æ and ø write aa, ae and oe.
_SPELT_OUT = ((re.compile("a[ae]+"), "a"), (re.compile("oe+"), "o"))
_ALPHABET = str.maketrans({"æ": "{", "ø": "|", "å": "}", "ä": "{", "ö": "|", "á": "a", "č": "c", "š": "s"})
_APART = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Lower case, marks and punctuation gone, å æ ø reduced, single spaces: "Kárášjohka " -> "karasjohka".

    Total on any text, and normalising twice changes nothing.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c)).translate(_LETTERS)
    for pattern, letter in _SPELT_OUT:
        plain = pattern.sub(letter, plain)
    return _APART.sub(" ", plain).strip()


def query(text: str) -> str:
    """What a person typed, normalised, no longer than is worth looking at."""
    return normalise(text[:LONGEST_QUERY])


def search_column(*names: str) -> str:
    """Every name a place is found by, normalised, each between bars: "|fredrikstad|" - so that
    "|fred" finds names that begin so and "|fredrikstad|" the name itself."""
    return "|" + "".join(f"{name}|" for name in dict.fromkeys(map(normalise, names)) if name)


def alphabetical(name: str) -> str:
    """A sorting key in the order of the Norwegian alphabet (… z æ ø å), the same on every database."""
    return name.casefold().translate(_ALPHABET)


def town(text: str) -> str:
    """A postal town as written among people: the register shouts "MO I RANA", we write "Mo i Rana"."""
    small = {"I", "PÅ", "OG", "VED"}
    words = text.split()
    return " ".join(
        word.lower() if word in small and place else _capital(word) for place, word in enumerate(words)
    )


def _capital(word: str) -> str:
    if not word.isupper():
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
