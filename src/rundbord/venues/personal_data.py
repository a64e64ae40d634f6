"""What this room keeps about people: whom to ask at a venue."""

from rundbord.kernel.personal import not_personal, personal

_OWNER = personal("to ask for the room and the key", "as long as the venue lends rooms", export=False)

DECLARED = {
    "Venue": {
        **not_personal("id organisation name address place x y accessible active created_at"),
        "owner_name": _OWNER,
        "owner_email": _OWNER,
        "owner_phone": _OWNER,
        "key_note": _OWNER,
    },
    "Room": not_personal("id organisation venue name capacity slots active"),
    "VenueLoan": not_personal("id organisation room slot starts_on ends_on state created_at"),
}
