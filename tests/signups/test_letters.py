"""Letters tell nothing to whoever reads over a shoulder."""

import re
from collections import Counter
from datetime import datetime, timedelta
from email import message_from_string, policy
from typing import Any

import pytest
from django.utils import translation

from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.timeline import Actor
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.signups.actions.letters import tell
from rundbord.topics.catalogue import Topic
from tests.factories.signups import SignUpFactory
from tests.signups.post import letters, text

pytestmark = pytest.mark.django_db

KINDS = (
    "confirm", "known", "welcome", "still_waiting", "pause_over", "lapsed", "withdrawn", "moved_here",
    "where_it_stands", "nothing_new",
)  # fmt: skip
# In any of the three languages; "self help" in whatever spelling.
FORBIDDEN = re.compile(
    r"self.?help|s[eø]lv?.?hj[eø]lp|sjølvhjelp|grupp|\bgroup|therap|terapi|health|helse|angst|anxiety|sorg"
    r"|grief|samtale|deltak|participant|igangset|starter|link elvebyen",
    re.IGNORECASE,
)


def told(organisation: Organisation, now: datetime, language: str, channel: str) -> list[str]:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(
            organisation=organisation,
            first_name="Kari",
            ui_language=language,
            contact_kind="email" if channel == "email" else "mobile",
            contact="kari@example.org" if channel == "email" else "+4791234567",
            focus=["grief", "anxiety"],
            note="canary",
        )
        for kind in KINDS:
            for talk in (True, False):
                tell(
                    signup,
                    kind,
                    now,
                    code="123456",
                    minutes=10,
                    hours=48,
                    within=30,
                    talk=talk,
                    answer_by=now.date(),
                )
        people.send_code(
            kind="signup",
            subject=signup.id,
            organisation_id=organisation.id,
            browser="b",
            to=signup.contact,
            channel=channel,  # type: ignore[arg-type]
            language=language,
            now=now,
        )
    return [re.sub(r"https?://\S+", "", text(letter)) for letter in letters()]


@pytest.mark.parametrize("channel", ["email", "sms"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_letter_says_what_it_is_about(
    organisation: Organisation, now: datetime, settings: Any, language: str, channel: str
) -> None:
    settings.RUNDBORD_SMS_GATEWAY = "{number}@sms.example.org"
    found = told(organisation, now, language, channel)
    assert len(found) == 2 * len(KINDS) + 1
    for words in found:
        assert FORBIDDEN.search(words) is None, words
        assert "canary" not in words
        with translation.override(language):
            assert not any(str(topic.label).lower() in words.lower() for topic in Topic)


def test_every_letter_has_a_phone_to_a_human(organisation: Organisation, now: datetime) -> None:
    found = told(organisation, now, "en", "email")
    assert sum(organisation.phone in words for words in found) == 2 * len(KINDS)


def test_subjects_are_all_alike(organisation: Organisation, now: datetime) -> None:
    told(organisation, now, "en", "email")
    with tenancy.scope(organisation.id):
        subjects = {
            line
            for letter in OutgoingMessage.objects.all()
            for line in (letter.message or "").splitlines()
            if line.lower().startswith("subject:")
        }
    assert len(subjects) == 1


def test_whoever_is_rung_gets_no_letter(organisation: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        tell(SignUpFactory(organisation=organisation, contact_kind="ring_me"), "welcome", now, talk=False)
    assert letters() == []


def from_whom(organisation: Organisation, now: datetime) -> list[str]:
    """The senders' names of all letters of this room and the code's, in turn."""
    told(organisation, now, "nb", "email")
    parsed = [message_from_string(letter.message or "", policy=policy.default) for letter in letters()]
    return [letter["from"].addresses[0].display_name for letter in parsed]


def test_the_sender_has_the_name_the_organisation_wants(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    change: dict[str, Any] = {"key": "sender_name", "by": Actor("staff"), "now": now}
    change_setting(organisation=twin, value="Tvillingen", **change)
    neutral = from_whom(organisation, now)
    assert len(set(neutral)) == 1 and not {"", "Tvillingen"} & set(neutral)
    change_setting(organisation=organisation, value="Kari på Ås", **change)
    later = from_whom(organisation, now + timedelta(hours=2))
    assert Counter(later) == {neutral[0]: len(neutral), "Kari på Ås": len(neutral)}
