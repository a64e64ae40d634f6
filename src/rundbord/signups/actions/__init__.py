"""Writes: a wish is left, confirmed, changed, taken back; a person is opened; enquiries are counted."""

from rundbord.signups.actions.change import change_wish, pause, resume, still_waiting
from rundbord.signups.actions.close import lapse, send_on, withdraw
from rundbord.signups.actions.confirm import (
    TalksNotOffered,
    ask_for_talk,
    confirm_by_phone,
    confirm_wish,
    settle_talk,
)
from rundbord.signups.actions.enquiries import add_course, count_enquiry
from rundbord.signups.actions.erase import erase_wish, erase_words
from rundbord.signups.actions.leave import leave_wish
from rundbord.signups.actions.moved import mark_finished, mark_offered, mark_placed, mark_waiting
from rundbord.signups.actions.open import NotLogged, Opened, open_person
from rundbord.signups.actions.promises import keep_promise, say_answered, tell_above, tell_managers
from rundbord.signups.actions.register import AlreadyHere, register_caller
from rundbord.signups.actions.row import UnknownPlace, WishGone

__all__ = [
    "AlreadyHere",
    "NotLogged",
    "Opened",
    "TalksNotOffered",
    "UnknownPlace",
    "WishGone",
    "add_course",
    "ask_for_talk",
    "change_wish",
    "confirm_by_phone",
    "confirm_wish",
    "count_enquiry",
    "erase_wish",
    "erase_words",
    "keep_promise",
    "lapse",
    "leave_wish",
    "mark_finished",
    "mark_offered",
    "mark_placed",
    "mark_waiting",
    "open_person",
    "pause",
    "register_caller",
    "resume",
    "say_answered",
    "send_on",
    "settle_talk",
    "still_waiting",
    "tell_above",
    "tell_managers",
    "withdraw",
]
