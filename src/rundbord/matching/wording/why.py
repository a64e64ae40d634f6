"""Why a proposal is as it is, and what a human should look at before a yes."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rundbord.kernel import week
from rundbord.matching.check import Checked
from rundbord.matching.models import MatchRun, Proposal
from rundbord.matching.rules import View

_CHOICES = (
    gettext_lazy("First choice"),
    gettext_lazy("Second choice"),
    gettext_lazy("Third choice or later"),
)
_ONLY_ONE: dict[str, str | Promise] = {
    "gender": gettext_lazy("The only one of this gender."),
    "age": gettext_lazy("Nobody else is near in age."),
    "choice": gettext_lazy("The only one who wished more for something else."),
}
_IF_LEFT: dict[str, str | Promise] = {
    "starts_smaller": gettext_lazy("If this person says no, the group starts with fewer."),
    "reserve_fills": gettext_lazy("If this person says no, somebody in reserve can fill in."),
    "falls_below_min": gettext_lazy("If this person says no, the group becomes too small."),
}


def kilometres(metres: int) -> int:
    """Whole kilometres, rounded up: nobody is told that it is nearer than it is."""
    return -(-metres // 1000)


def reasons(proposal: Proposal, checked: Checked) -> list[str]:
    """Why these people: when they can, how far they travel, what they wished for, how long they waited."""
    fits = list(checked.fit.values())
    if not fits:
        return []
    found = [_times(proposal, checked, len(fits)), _choices(fits), _longest_wait(fits)]
    found += [] if proposal.joins_id else [_starting(proposal)]
    return found


def _times(proposal: Proposal, checked: Checked, people: int) -> str:
    others = len(set(checked.shared) - {proposal.slot})
    about = {"time": week.label(proposal.slot), "people": people, "count": others}
    if people == 1:
        return _("Can come on %(time)s.") % about
    if not others:
        return _("All %(people)d can come on %(time)s, and at no other time together.") % about
    text = ngettext(
        "All %(people)d can come on %(time)s, and at %(count)d other time.",
        "All %(people)d can come on %(time)s, and at %(count)d other times.",
        others,
    )
    return text % about


def _choices(fits: list[dict[str, Any]]) -> str:
    first = sum(fit["frame_rank"] == 0 for fit in fits)
    about = {"count": first, "all": len(fits)}
    return _("This kind of group is the first choice of %(count)d of %(all)d.") % about


def _longest_wait(fits: list[dict[str, Any]]) -> str:
    weeks = max(fit["wait_weeks"] for fit in fits)
    text = ngettext("The longest wait is %(count)d week.", "The longest wait is %(count)d weeks.", weeks)
    return text % {"count": weeks}


def _starting(proposal: Proposal) -> str:
    return _("A starter is free at this time.") if proposal.starter_id else _("The group starts by itself.")


def view(found: View) -> str:
    """A soft view as a sentence; those about one person (`id` in the view) stand beside her initial."""
    match found["code"]:
        case "small":
            text = ngettext("Only %(count)d person.", "Only %(count)d people.", found["people"])
            return text % {"count": found["people"]}
        case "age-span":
            return _("There are %(years)d years between the youngest and the oldest.") % found
        case "only-one":
            return str(_ONLY_ONE[found["of"]])
        case "read-note":
            return _("Has written whom not to meet. Please read it before you say yes.")
        case "shared-slots":
            text = ngettext("All share %(count)d time.", "All share %(count)d times.", found["slots"])
            return text % {"count": found["slots"]}
        case _:
            return _("The longest journey is %(km)d km.") % {"km": kilometres(found["metres"])}


def fit(told: dict[str, Any]) -> list[str]:
    """How the proposal fits one person: her choice, her journey, her wait."""
    found = []
    if told["frame_rank"] is not None:
        found.append(str(_CHOICES[told["frame_rank"]]))
    if told["distance_m"] is not None:
        about = {"km": kilometres(told["distance_m"]), "most": told["max_m"] // 1000}
        found.append(_("%(km)d of at most %(most)d km") % about)
    weeks = told["wait_weeks"]
    text = ngettext("Has waited %(count)d week", "Has waited %(count)d weeks", weeks)
    return [*found, text % {"count": weeks}]


def if_left(code: str | None) -> str | None:
    """What happens if the person says no; None where it was not looked at."""
    return str(_IF_LEFT[code]) if code in _IF_LEFT else None


def at_most_more(run: MatchRun) -> str:
    """What the proven bound says about those left out."""
    if run.at_most_more == 0:
        return _("Nobody more could be placed today.")
    text = ngettext(
        "At most %(count)d more person could be placed today.",
        "At most %(count)d more people could be placed today.",
        run.at_most_more,
    )
    return text % {"count": run.at_most_more}


def changes(run: MatchRun) -> str:
    """What a second look did to the proposals before it; empty where there were none to compare with."""
    count = {key: run.changes.get(key, 0) for key in ("kept", "mended", "new", "dissolved")}
    texts = {
        "kept": ngettext("%(count)d group as before", "%(count)d groups as before", count["kept"]),
        "mended": ngettext("%(count)d changed", "%(count)d changed", count["mended"]),
        "new": ngettext("%(count)d new", "%(count)d new", count["new"]),
        "dissolved": ngettext("%(count)d given up", "%(count)d given up", count["dissolved"]),
    }
    told = [texts[key] % {"count": count[key]} for key in texts if count[key]]
    return _("Compared with the search before: %(changes)s.") % {"changes": ", ".join(told)} if told else ""
