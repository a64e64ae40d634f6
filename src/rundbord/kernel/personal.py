"""The words in which each room declares what it keeps about people (its personal_data.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One column's rule: why it is kept, how long, whether the person gets it, how it goes."""

    why: str
    kept: str
    export: bool
    erase: str


def personal(why: str, kept: str, *, export: bool = True, erase: str = "wiped") -> Rule:
    """A column that says something about a person. ValueError without a reason and a limit."""
    if not why or not kept:
        raise ValueError("say why it is kept and for how long")
    return Rule(why=why, kept=kept, export=export, erase=erase)


_NOT_PERSONAL = Rule(why="", kept="", export=False, erase="")


def not_personal(names: str) -> dict[str, Rule]:
    """Columns (names with spaces between) that say nothing about any person."""
    return dict.fromkeys(names.split(), _NOT_PERSONAL)
