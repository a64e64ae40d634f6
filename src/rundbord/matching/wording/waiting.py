"""Why somebody waits, and what would help: for the office, and for the person herself. Never about others."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rundbord.kernel import week
from rundbord.topics.catalogue import language

Told = dict[str, Any]
NORWEGIAN = "no"

# What no single change helps, or what a human has decided. Of the others the change says it all.
_REASONS: dict[str, str | Promise] = {
    "could_be_placed": gettext_lazy("There may be a place. Look for groups again."),
    "too_few_people": gettext_lazy("Too few others can come at the same times."),
    "wish_incomplete": gettext_lazy("No time is left in the wish. Ask for more times."),
    "together_with_others": gettext_lazy("No group has room for all who should stay together."),
    "dismissed": gettext_lazy("Was in a proposal that was dismissed."),
    "taken_out": gettext_lazy("Was taken out of a proposal."),
    "changed": gettext_lazy("Was in a proposal that became too small."),
}
_NOT_EXAMINED = gettext_lazy("No place was found.")


def reason(code: str, change: Told | None) -> str:
    """Why there is no place, for the office: what is lacking, or what stands in the way."""
    lacking = _lacking(change) if change else None
    if lacking:
        return _with_needs(lacking, change)
    return str(_REASONS.get(code) or _for_the_office(change) or _NOT_EXAMINED)


def change(told: Told | None) -> str | None:
    """The one change that would give a place, for the office; None where there is none."""
    if not told:
        return None
    more = _more(told)
    return _with_needs(more, told) if more else _for_the_office(told)


def missing(code: str, told: Told | None) -> str | None:
    """What is missing, for the person's own page; None when there is nothing helpful to say."""
    if told:
        lacking = _lacking(told)
        return _with_needs(lacking, told) if lacking else _for_herself(told)
    if code in ("too_few_people", "no_shared_slot"):
        return _("We are waiting for more people who can come at the same times as you.")
    return None


def lever(told: Told) -> str:
    """What the organisation could do, and how many it would place."""
    return _with_needs(_lever(told), told)


def _lever(told: Told) -> str:
    count, about = told["places"], {"time": week.label(told["slot"]), "count": told["places"]}
    if told["code"] == "starter" and not told.get("place"):
        text = ngettext(
            "One more starter for digital groups on %(time)s would place %(count)d person.",
            "One more starter for digital groups on %(time)s would place %(count)d people.",
            count,
        )
        return text % about
    about["place"] = told.get("place") or ""
    if told["code"] == "starter":
        text = ngettext(
            "One more starter on %(time)s in %(place)s would place %(count)d person.",
            "One more starter on %(time)s in %(place)s would place %(count)d people.",
            count,
        )
    else:
        text = ngettext(
            "One more room on %(time)s in %(place)s would place %(count)d person.",
            "One more room on %(time)s in %(place)s would place %(count)d people.",
            count,
        )
    return text % about


def _with_needs(sentence: str, told: Told | None) -> str:
    """The sentence, and what not every starter can: speak another language, or start a group for women."""
    if not told or told["code"] != "starter":
        return sentence
    spoken = language(told.get("lang") or "")
    if spoken and spoken.code != NORWEGIAN:
        sentence += " " + _("The starter needs to speak %(language)s.") % {"language": spoken.label}
    if "women" in told.get("audience", ()):
        sentence += " " + _("The starter needs to be a woman.")
    return sentence


def _lacking(told: Told) -> str | None:
    """What the organisation lacks: somebody to start, or somewhere to meet."""
    about = {"time": week.label(told["slot"]) if "slot" in told else "", "place": told.get("place") or ""}
    if told["code"] == "starter" and about["place"]:
        return _("We lack a starter on %(time)s in %(place)s.") % about
    if told["code"] == "starter":
        return _("We lack a starter for digital groups on %(time)s.") % about
    if told["code"] == "room":
        return _("We lack a room on %(time)s in %(place)s.") % about
    return None


def _more(told: Told) -> str | None:
    about = {"time": week.label(told["slot"]) if "slot" in told else "", "place": told.get("place") or ""}
    if told["code"] == "starter" and about["place"]:
        return _("One more starter on %(time)s in %(place)s would give a place.") % about
    if told["code"] == "starter":
        return _("One more starter for digital groups on %(time)s would give a place.") % about
    if told["code"] == "room":
        return _("One more room on %(time)s in %(place)s would give a place.") % about
    return None


def _for_the_office(told: Told | None) -> str | None:
    """What the person herself could change, told to the office."""
    sentences = {
        "another_slot": gettext_lazy("Would get a place on %(time)s."),
        "further": gettext_lazy("Would get a place with a journey up to %(km)d km longer."),
        "digital": gettext_lazy("Would get a place in a digital group."),
        "mixed": gettext_lazy("Would get a place in a mixed group."),
        "language": gettext_lazy("Would get a place in a group that speaks %(language)s."),
        "separately": gettext_lazy("Would get a place alone, without the others."),
        "other_language": gettext_lazy("Would get a place in a group that speaks another language."),
    }
    return _filled(sentences, told)


def _for_herself(told: Told) -> str | None:
    sentences = {
        "another_slot": gettext_lazy("You could get a place sooner if you can come on %(time)s."),
        "further": gettext_lazy("You could get a place sooner if you can travel up to %(km)d km further."),
        "digital": gettext_lazy("You could get a place sooner if you can meet digitally."),
        "mixed": gettext_lazy("You could get a place sooner in a mixed group."),
        "language": gettext_lazy("You could get a place sooner in a group that speaks %(language)s."),
        "other_language": gettext_lazy(
            "You could get a place sooner in a group that speaks another language."
        ),
    }
    return _filled(sentences, told)


def _filled(sentences: dict[str, Any], told: Told | None) -> str | None:
    if not told or told["code"] not in sentences:
        return None
    spoken = language(told.get("lang") or "")
    # A spare place in a group that is proposed already: which language it speaks is not told.
    code = "other_language" if told["code"] == "language" and spoken is None else told["code"]
    about = {
        "time": week.label(told["slot"]) if "slot" in told else "",
        "km": -(-told.get("metres", 0) // 1000),
        "language": spoken.label if spoken else "",
    }
    return str(sentences[code]) % about
