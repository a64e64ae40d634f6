"""What happens by itself: offers and questions run out, absences are forgotten, meetings are planned on."""

from datetime import datetime

from rundbord.groups import actions


def tick(now: datetime) -> None:
    """Everything that is due, each in its own short transaction; safe to run twice or in two workers."""
    actions.lapse_offers(now)
    actions.lapse_requests(now)
    actions.forget_absences(now)
    actions.plan_all_ahead(now)
    actions.remind_of_hand_over(now)
