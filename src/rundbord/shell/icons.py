"""Own icons: strokes on a 24-unit square, drawn in the colour of the text, always beside words."""

_PATHS = {
    "phone": (
        "M6.5 3.5h3l1.6 4.2-2 1.6a11 11 0 0 0 5.6 5.6l1.6-2 4.2 1.6v3a2 2 0 0 1-2.2 2"
        "A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"
    ),
    "leave": "M13 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H13M10 12h10M16.5 8.2 20.3 12l-3.8 3.8",
    "check": "M4.5 12.8l5 5L19.5 7",
    "cross": "M6 6l12 12M18 6L6 18",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 7.5V12l3.2 2",
    "calendar": "M5 5.5h14v14H5zM5 10h14M9 3.5v4M15 3.5v4",
    "place": (
        "M12 21c4.5-4.7 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6.3 6.5 11zM12 12.3"
        "a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5z"
    ),
    "people": (
        "M9 11.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM2.8 19.5c.5-3.5 2.9-5.3 6.2-5.3"
        "s5.7 1.8 6.2 5.3M15.5 4.9a3.4 3.4 0 0 1 0 6.2M17.5 14.7c2.2.7 3.4 2.3 3.7 4.8"
    ),
    "table": (
        "M12 15.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM11 4a1 1 0 1 0 2 0a1 1 0 1 0-2 0"
        "M11 20a1 1 0 1 0 2 0a1 1 0 1 0-2 0M17.9 8a1 1 0 1 0 2 0a1 1 0 1 0-2 0M17.9 16a1 1 0 1 0 2 0"
        "a1 1 0 1 0-2 0M4.1 8a1 1 0 1 0 2 0a1 1 0 1 0-2 0M4.1 16a1 1 0 1 0 2 0a1 1 0 1 0-2 0"
    ),
    "seat": "M7 4v9h10V4M5.5 13h13v3h-13zM7.5 16v4.5M16.5 16v4.5",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.3 15.3L20.5 20.5",
    "next": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v.6",
    "warning": "M12 4L2.8 19.5h18.4zM12 10v4.5M12 16.9v.4",
    "lock": "M6 10.5h12v9.5H6zM8.5 10.5V7.8a3.5 3.5 0 0 1 7 0v2.7",
    "print": "M7 8.5V4h10v4.5M7 16.5H4.5v-8h15v8H17M7 13.5h10V20H7z",
    "pause": "M9 5v14M15 5v14",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "edit": "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
    "copy": "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
    "mail": "M3.5 5.5h17v13h-17zM3.5 6.5l8.5 7 8.5-7",
    "door": "M6.5 20.5v-17h11v17M3.5 20.5h17M14 12v.6",
    "heart": "M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4A4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
}
_TURNS = {"next", "back", "leave"}  # arrows point the other way where one reads from the right


def names() -> list[str]:
    """The names there are icons for."""
    return sorted(_PATHS)


def drawing(name: str) -> tuple[str, bool]:
    """The path of an icon, and whether it turns where one reads from the right. KeyError when unknown."""
    return _PATHS[name], name in _TURNS
