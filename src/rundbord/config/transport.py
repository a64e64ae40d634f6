"""What Django is given to read. Our pages are UTF-8, and so is all that a browser sends from them."""

import codecs
from collections.abc import Callable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
_NUL = "\\000"  # as a cookie can write it; PostgreSQL refuses to look for a session with a NUL in its name


def readable(application: Application) -> Application:
    """The application, which never hears of another alphabet, nor of a cookie with a NUL in it.

    A body that claims another alphabet is no form. Django takes a request's word for it: some alphabets
    cannot be read as text (hex), some let halves of letters in (UTF-7) that no database keeps, and a name
    that is badly written ends without any answer.
    """

    def called(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if not speaks_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = "application/octet-stream"
        if _NUL in environ.get("HTTP_COOKIE", ""):
            environ["HTTP_COOKIE"] = ""
        return application(environ, start_response)

    return called


def speaks_utf8(content_type: str) -> bool:
    """Whether Django would read a body of this type as UTF-8; it does so for alphabets it does not know."""
    try:
        _kind, named = parse_header_parameters(content_type)
        return codecs.lookup(named.get("charset", "utf-8")).name == "utf-8"
    except LookupError:
        return True
    except ValueError:
        return False
