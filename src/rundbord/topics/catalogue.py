"""The fixed words a wish, a group and a starter are described with. Codes are stored, labels translated."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MIXED = "mixed"


class Topic(TextChoices):
    """A life situation that a topic group can be about."""

    GRIEF = "grief", _("Grief and loss")
    ANXIETY = "anxiety", _("Anxiety")
    DEPRESSION = "depression", _("Depression")
    RELATIVES = "relatives", _("Being a relative")
    LOSS_OF_WORK = "loss_of_work", _("Loss of work")
    EATING_DISORDER = "eating_disorder", _("Eating disorders")
    ADDICTION = "addiction", _("Addiction")
    LONELINESS = "loneliness", _("Loneliness and being an outsider")
    LONG_TERM_ILLNESS = "long_term_illness", _("Living with long-term illness")
    BREAK_UP = "break_up", _("Break-up and divorce")
    BURNOUT = "burnout", _("Burnout")
    VIOLENCE_ABUSE = "violence_abuse", _("Violence and abuse")


class Standpoint(TextChoices):
    """From where someone meets a topic. One's own talk and a relative's do not always belong in one group."""

    SELF = "self", _("It is about myself")
    RELATIVE = "relative", _("I am a relative")
    BEREAVED = "bereaved", _("I have lost someone")


class AgeBand(TextChoices):
    """Age in bands, so that nobody is asked for a birthday."""

    FROM_18 = "18-30", _("18–30 years")
    FROM_31 = "31-45", _("31–45 years")
    FROM_46 = "46-60", _("46–60 years")
    FROM_61 = "61-75", _("61–75 years")
    FROM_76 = "76+", _("76 years or more")

    @property
    def representative_age(self) -> int:
        """Whole years, the middle of the band; what matching measures age spans with."""
        return _MIDDLE[self.value]


_MIDDLE = {"18-30": 24, "31-45": 38, "46-60": 53, "61-75": 68, "76+": 80}


class Audience(TextChoices):
    """Whom a group is for, when it is not for everyone."""

    WOMEN = "women", pgettext_lazy("audience", "Women only")
    YOUNG = "young", pgettext_lazy("audience", "Young adults only")


@dataclass(frozen=True)
class Language:
    """A language a group can talk in. `own_name` is what its speakers call it, `label` is translated."""

    code: str
    own_name: str
    label: Promise
    right_to_left: bool = False


# Norwegian is one: bokmål and nynorsk are ways of writing, and a group talks.
LANGUAGES: tuple[Language, ...] = (
    Language("no", "norsk", _("Norwegian")),
    Language("en", "English", _("English")),
    Language("uk", "українська", _("Ukrainian")),
    Language("pl", "polski", _("Polish")),
    Language("ar", "العربية", _("Arabic"), right_to_left=True),
    Language("so", "Soomaali", _("Somali")),
    Language("ti", "ትግርኛ", _("Tigrinya")),
    Language("es", "español", _("Spanish")),
    Language("se", "davvisámegiella", _("Northern Sámi")),
    Language("fi", "suomi", _("Finnish")),
    Language("sv", "svenska", _("Swedish")),
    Language("da", "dansk", _("Danish")),
    Language("de", "Deutsch", _("German")),
)
DEFAULT_LANGUAGE = "no"


def language(code: str) -> Language | None:
    """The language with this code, or None."""
    return next((known for known in LANGUAGES if known.code == code), None)


def language_codes() -> tuple[str, ...]:
    """Every language code, in the order they are offered."""
    return tuple(known.code for known in LANGUAGES)


def language_choices() -> list[tuple[str, Promise]]:
    """(code, translated label) for a form's or a column's choices."""
    return [(known.code, known.label) for known in LANGUAGES]


def frame_codes() -> tuple[str, ...]:
    """What a group can be about: every topic's code, and "mixed" (any life situation) last."""
    return (*(str(topic.value) for topic in Topic), MIXED)


def frame_label(code: str) -> Promise:
    """The translated label of a topic or of "mixed". ValueError for a code that is neither."""
    return _("Mixed: any life situation") if code == MIXED else Topic(code).label
