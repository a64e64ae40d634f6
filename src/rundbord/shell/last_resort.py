"""The page that is left when templates, static files or translations fail: fixed text, no style, help lines.

It speaks Norwegian and English at once, since nobody can be asked for the language any more.
"""

_NUMBERS = (
    ("113", "Ambulanse – emergency"),
    ("116117", "Legevakt – doctor on call"),
    ("116123", "Mental Helse hjelpetelefonen – someone to talk to"),
    ("22400040", "Kirkens SOS – someone to talk to"),
)
_PAGE = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>Rundbord</title></head>
<body><main><h1>Noe gikk galt hos oss</h1>
<p>Det er vår feil, ikke din. Prøv igjen om noen minutter.</p>
<p lang="en">Something went wrong here. It is our fault, not yours. Try again in a few minutes.</p>
<h2>Vil du heller snakke med noen?</h2>
<ul>{lines}</ul><p>{status}</p></main></body></html>
"""


def page(status: int) -> str:
    """The whole page as text."""
    lines = "".join(f'<li><a href="tel:{number}">{number}</a> {who}</li>' for number, who in _NUMBERS)
    return _PAGE.format(lines=lines, status=status)
