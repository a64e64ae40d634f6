"""What a wish may hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.signups.rules import (
    ContactKind,
    NotUsable,
    WishFields,
    check_wish,
    cleaned_wish,
    contact_of,
    normalise_contact,
)
from tests.factories.signups import wish_fields


def test_a_usual_wish_is_fine() -> None:
    assert check_wish(wish_fields()) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"first_name": "  "}, "first_name"),
        ({"first_name": "x" * 61}, "first_name"),
        ({"first_name": "Kari\nBcc: x"}, "first_name"),
        ({"contact_kind": "fax"}, "contact_kind"),
        ({"contact": "kari"}, "contact"),
        ({"contact": ""}, "contact"),
        ({"contact": "91234567"}, "contact"),
        ({"contact_kind": "mobile", "contact": "69 31 00 00"}, "contact"),
        ({"contact_kind": "ring_me", "contact": "kari@example.org"}, "contact"),
        ({"place_code": ""}, "place_code"),
        ({"postal_code": "160"}, "postal_code"),
        ({"postal_code": "١٦٠٦"}, "postal_code"),
        ({"physical": False}, "physical"),
        ({"max_km": 0}, "max_km"),
        ({"max_km": 501}, "max_km"),
        ({"slots": []}, "slots"),
        ({"slots": [35]}, "slots"),
        ({"slots": [-1]}, "slots"),
        ({"focus": []}, "focus"),
        ({"focus": ["football"]}, "focus"),
        ({"languages": []}, "languages"),
        ({"languages": ["tlh"]}, "languages"),
        ({"age_band": "0-17"}, "age_band"),
        ({"note": "x" * 1001}, "note"),
        ({"not_with": "x" * 501}, "not_with"),
        ({"discretion": 3}, "discretion"),
        ({"gender": "female"}, "gender"),
        ({"ui_language": "de"}, "gender"),
        ({"women_only": True, "gender": "m"}, "women_only"),
        ({"young_only": True}, "young_only"),
    ],
)
def test_each_wrong_answer_gets_its_own_sentence(change: dict[str, Any], field: str) -> None:
    wrong = check_wish(wish_fields(**change))
    assert list(wrong) == [field]
    assert str(wrong[field]).endswith((".", ".)"))


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "Ærlend Øye"},
        {"first_name": "محمد"},
        {"first_name": "Áile-Máret"},
        {"first_name": "x" * 60},
        {"note": "x" * 1000},
        {"physical": False, "digital": True},
        {"slots": list(range(35))},
        {"focus": ["mixed", "grief", "anxiety"]},
        {"contact_kind": "ring_me", "contact": "69 31 00 00"},
        {"women_only": True},
        {"young_only": True, "age_band": "18-30"},
        {"postal_code": "0150"},
    ],
)
def test_what_people_are_free_to_answer(change: dict[str, Any]) -> None:
    assert check_wish(wish_fields(**change)) == {}


def test_a_clean_wish() -> None:
    clean = cleaned_wish(
        wish_fields(
            first_name=" Kari ",
            contact="KARI@example.org",
            slots=[9, 4, 9],
            focus=["grief", "mixed", "grief"],
            languages=["en", "no", "en"],
            note="  Hei \n",
            women_only=True,
        )
    )
    assert (clean.first_name, clean.contact, clean.note) == ("Kari", "kari@example.org", "Hei")
    assert (clean.slots, clean.focus, clean.languages) == ([4, 9], ["grief", "mixed"], ["en", "no"])
    assert clean.gender == "f"


def test_an_unusable_wish_says_everything_at_once() -> None:
    with pytest.raises(NotUsable) as refused:
        cleaned_wish(wish_fields(first_name="", slots=[], age_band=""))
    assert set(refused.value.wrong) == {"first_name", "slots", "age_band"}


@pytest.mark.parametrize(
    ("written", "ring", "kind", "value"),
    [
        ("Kari@Example.org", False, "email", "kari@example.org"),
        ("912 34 567", False, "mobile", "+4791234567"),
        ("912 34 567", True, "ring_me", "+4791234567"),
        ("69 31 00 00", True, "ring_me", "+4769310000"),
    ],
)
def test_one_field_for_address_or_number(
    settings: Any, written: str, ring: bool, kind: str, value: str
) -> None:
    settings.RUNDBORD_SMS_GATEWAY = "{number}@sms.example.org"
    assert contact_of(written, ring_me=ring) == (kind, value, "")


@pytest.mark.parametrize(
    ("written", "ring", "kind"),
    [
        ("kari", False, "email"),
        ("", False, "email"),
        ("69 31 00 00", False, "mobile"),
        ("kari@", True, "ring_me"),
    ],
)
def test_one_field_that_is_neither(settings: Any, written: str, ring: bool, kind: str) -> None:
    settings.RUNDBORD_SMS_GATEWAY = "{number}@sms.example.org"
    found, kept, sentence = contact_of(written, ring_me=ring)
    assert (found, kept) == (kind, written)
    assert str(sentence).endswith(".")


def test_without_text_messages_a_number_is_for_ringing(settings: Any) -> None:
    settings.RUNDBORD_MAIL, settings.RUNDBORD_SMS_GATEWAY = "smtp://127.0.0.1:1", ""
    assert contact_of("69 31 00 00") == ("ring_me", "+4769310000", "")


@given(st.text(max_size=80), st.booleans())
def test_whatever_is_written_gets_an_answer(written: str, ring: bool) -> None:
    kind, value, sentence = contact_of(written, ring_me=ring)
    if sentence:
        assert value == written
    else:
        assert normalise_contact(kind, value) == value


_WILD = st.builds(
    WishFields,
    first_name=st.text(max_size=70),
    contact_kind=st.sampled_from([*ContactKind.values, "", "fax"]),
    contact=st.text(max_size=80),
    place_code=st.text(max_size=6),
    age_band=st.text(max_size=6) | st.just("46-60"),
    slots=st.lists(st.integers(-3, 40)),
    focus=st.lists(st.sampled_from(["mixed", "grief", "x"])),
    languages=st.lists(st.sampled_from(["no", "en", "x"])),
    postal_code=st.text(max_size=5),
    max_km=st.integers(-5, 600),
    discretion=st.integers(-1, 4),
    gender=st.sampled_from(["", "f", "m", "x", "?"]),
    women_only=st.booleans(),
    young_only=st.booleans(),
    note=st.text(),
)


@given(_WILD)
def test_a_wish_is_usable_or_says_why_not(fields: WishFields) -> None:
    wrong = check_wish(fields)
    if wrong:
        with pytest.raises(NotUsable):
            cleaned_wish(fields)
    else:
        clean = cleaned_wish(fields)
        assert check_wish(clean) == {} and cleaned_wish(clean) == clean
