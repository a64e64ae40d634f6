"""How heavy a text is to read: LIX, words per sentence plus the share of words of more than six letters."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LONG = 6  # letters
# What stands alone is read alone: a heading or a list item ends as a sentence does.
_ENDS = re.compile(r"[.!?:]+(?=\s|$)|\n")


def lix(plain: str) -> float:
    """LIX of plain text, one heading, paragraph or list item a line. 0 for a text without words."""
    sentences = [said for said in map(_WORD.findall, _ENDS.split(plain)) if said]
    words = [word for said in sentences for word in said]
    if not words:
        return 0.0
    long = sum(len(re.sub(r"[-’']", "", word)) > _LONG for word in words)
    return len(words) / len(sentences) + 100 * long / len(words)


def plain_words(html: str) -> str:
    """HTML as plain text, one heading, paragraph or list item a line."""
    lines = re.sub(r"\s*\n\s*", " ", html)
    lines = re.sub(r"</?(?:h[1-6]|p|li|ul|ol|blockquote|br|hr)\b[^>]*>", "\n", lines)
    return re.sub(r"<[^>]+>", "", lines)
