"""Addresses and numbers, in all the ways people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.people.rules import (
    BadContact,
    mailbox,
    normalise_email,
    normalise_mobile,
    normalise_phone,
)
from rundbord.people.rules.contact import EIGHT_DIGITS, FOREIGN, NO_LETTERS, NOT_A_MOBILE, NOT_AN_EMAIL


@pytest.mark.parametrize(
    "written",
    [
        "91234567", "912 34 567", "91 23 45 67", "+47 912 34 567", "+4791234567", "0047 91234567",
        "004791234567", "4791234567", "47 91 23 45 67", "912-34-567", "912.34.567", "(+47) 912 34 567",
        "+47(912)34567",
        " 912\u00a034\u00a0567 ", "tlf. 912 34 567", "Tlf: 91234567", "tel:+4791234567",
        "mobil 912 34 567", "９１２３４５６７", "٩١٢٣٤٥٦٧", "\u200e+47 912 34 567", "+47 (0) 912 34 567",
    ],
)  # fmt: skip
def test_a_norwegian_number_however_it_is_written(written: str) -> None:
    assert normalise_phone(written) == "+4791234567"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+46 70 123 45 67", "+46701234567"),
        ("0046 701234567", "+46701234567"),
        ("+46 (0)70-123 45 67", "+46701234567"),
        ("+380 44 123 45 67", "+380441234567"),
        ("+1 (202) 555-0143", "+12025550143"),
        ("+48 512 345 678", "+48512345678"),
        ("+298 212345", "+298212345"),
    ],
)
def test_a_foreign_number_keeps_its_country(written: str, number: str) -> None:
    assert normalise_phone(written) == number


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", EIGHT_DIGITS),
        ("   ", EIGHT_DIGITS),
        ("9123456", EIGHT_DIGITS),
        ("02800", EIGHT_DIGITS),
        ("12345678", EIGHT_DIGITS),
        ("+47 1234567", EIGHT_DIGITS),
        ("912345678", FOREIGN),
        ("+47 912 34 5678", FOREIGN),
        ("070-123 45 67", FOREIGN),
        ("+46 1", FOREIGN),
        ("+" + "4" * 16, FOREIGN),
        ("+0123456789", FOREIGN),
        ("ring meg", NO_LETTERS),
        ("912 34 567 (kveld)", NO_LETTERS),
        ("++4791234567", NO_LETTERS),
        ("kari@example.org", NO_LETTERS),
    ],
)
def test_what_is_no_number_gets_a_sentence_that_helps(written: str, sentence: object) -> None:
    with pytest.raises(BadContact) as refused:
        normalise_phone(written)
    assert refused.value.say() == str(sentence)


@pytest.mark.parametrize("written", ["69 31 00 00", "22400040", "+47 51 00 00 00"])
def test_text_messages_go_to_mobiles_only(written: str) -> None:
    assert normalise_phone(written).startswith("+47")
    with pytest.raises(BadContact) as refused:
        normalise_mobile(written)
    assert refused.value.say() == str(NOT_A_MOBILE)


def test_foreign_and_norwegian_mobiles_get_text_messages() -> None:
    assert normalise_mobile("+46 70 123 45 67") == "+46701234567"
    assert normalise_mobile("41 23 45 67") == "+4741234567"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Kari.Nordmann@Example.ORG", "kari.nordmann@example.org"),
        ("  kari@example.org\t", "kari@example.org"),
        ("<kari@example.org>", "kari@example.org"),
        ("mailto:kari@example.org", "kari@example.org"),
        ("kari@BLÅBÆR.no", "kari@xn--blbr-roah.no"),
        ("kari@xn--blbr-roah.no", "kari@xn--blbr-roah.no"),
        ("kari@example.org.", "kari@example.org"),
        ("ｋａｒｉ@example.org", "kari@example.org"),
    ],
)
def test_an_address_however_it_is_written(written: str, address: str) -> None:
    assert normalise_email(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "", "kari", "kari@", "@example.org", "kari@example", "kari@@example.org", "kari example@example.org",
        "kari@exa mple.org", "kari@-example.org", "kåri@example.org", "a" * 250 + "@example.org", "91234567",
        "kari@example.org\nBcc: ola@example.org", "kari@example.org, ola@example.org",
        "kari@.no", "kari@\ud800.no",
    ],
)  # fmt: skip
def test_what_is_no_address_gets_a_sentence_that_helps(written: str) -> None:
    with pytest.raises(BadContact) as refused:
        normalise_email(written)
    assert refused.value.say() == str(NOT_AN_EMAIL)


@pytest.mark.parametrize(
    "variant", ["kari.nordmann@gmail.com", "karinordmann+1@gmail.com", "k.a.r.i.nordmann+x+y@gmail.com"]
)
def test_one_mailbox_behind_many_spellings(variant: str) -> None:
    assert mailbox(variant) == "karinordmann@gmail.com"


def test_dots_are_kept_where_they_mean_something() -> None:
    assert mailbox("kari.n@example.org") != mailbox("karin@example.org")
    assert mailbox("+kari@example.org") == "+kari@example.org"


@given(st.text(max_size=60))
def test_any_text_is_normalised_or_refused(written: str) -> None:
    for normalise in (normalise_phone, normalise_email, normalise_mobile):
        try:
            found = normalise(written)
        except BadContact as refused:
            assert refused.say()
        else:
            assert normalise(found) == found
            assert found.isascii()


@given(st.from_regex(r"[2-9][0-9]{7}", fullmatch=True), st.lists(st.sampled_from(" .-\u00a0"), max_size=8))
def test_what_stands_between_the_digits_does_not_matter(number: str, between: list[str]) -> None:
    mixed = "".join(sign + gap for sign, gap in zip(number, [*between, *[""] * 8], strict=False))
    assert normalise_phone(mixed) == f"+47{number}"
