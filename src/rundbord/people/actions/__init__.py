"""Writes: private doors, staff accounts and roles, starters."""

from rundbord.people.actions.codes import CodeExpired, CodeUsedUp, TooManyCodes, new_code, send_code, use_code
from rundbord.people.actions.doors import (
    forget_expired,
    issue_link,
    remember_browser,
    revoke_access,
    touch_browser,
)
from rundbord.people.actions.showing import NameMissing, NotHere, hide_name, show_name
from rundbord.people.actions.staff import (
    AccountExists,
    LastManager,
    give_role,
    make_account,
    set_account_active,
    take_role,
)
from rundbord.people.actions.starters import (
    NotUsable,
    StarterKnown,
    UnknownPlace,
    add_starter,
    change_starter,
    set_starter_active,
)

__all__ = [
    "AccountExists",
    "CodeExpired",
    "CodeUsedUp",
    "LastManager",
    "NameMissing",
    "NotHere",
    "NotUsable",
    "StarterKnown",
    "TooManyCodes",
    "UnknownPlace",
    "add_starter",
    "change_starter",
    "forget_expired",
    "give_role",
    "hide_name",
    "issue_link",
    "make_account",
    "new_code",
    "remember_browser",
    "revoke_access",
    "send_code",
    "set_account_active",
    "set_starter_active",
    "show_name",
    "take_role",
    "touch_browser",
    "use_code",
]
