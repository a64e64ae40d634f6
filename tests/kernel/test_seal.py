"""Sealing alone: no database."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel.encryption import Place, SealBroken, Sealed, blind_index
from rundbord.kernel.encryption.seal import seal, unseal

pytestmark = pytest.mark.usefixtures("keys")
with_keys = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

HERE = Place(UUID(int=1), "signups_wish", UUID(int=2), "name")
names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)
places = st.builds(Place, st.uuids(), names, st.uuids(), names)


@with_keys
@given(st.binary(max_size=500), places)
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: Place) -> None:
    assert unseal(seal(plain, place), place) == plain


@with_keys
@given(places, places)
def test_and_in_no_other(place: Place, other: Place) -> None:
    sealed = seal(b"secret", place)
    if place == other:
        return
    with pytest.raises(SealBroken):
        unseal(sealed, other)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, organisation_id=UUID(int=9)),
        replace(HERE, row_id=UUID(int=9)),
        replace(HERE, organisation_id=HERE.row_id, row_id=HERE.organisation_id),
        replace(HERE, table="signups_wis", field="hname"),
        replace(HERE, field="town"),
    ],
)
def test_organisation_row_table_and_field_each_count(elsewhere: Place) -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"secret", HERE), elsewhere)


@with_keys
@given(st.data())
def test_one_changed_bit_anywhere_breaks_the_seal(data: st.DataObject) -> None:
    sealed = bytearray(seal(b"a few words", HERE).data)
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(SealBroken):
        unseal(Sealed(bytes(sealed)), HERE)


@with_keys
@given(st.binary(max_size=60))
def test_bytes_that_never_were_sealed_are_refused_by_name(junk: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(Sealed(junk), HERE)


def test_equal_words_look_different_every_time() -> None:
    assert len({seal(b"Kari", HERE).data for _ in range(200)}) == 200


def test_nothing_shows_in_what_a_programmer_prints() -> None:
    sealed = seal(b"Kari", HERE)
    assert repr(sealed) == str(sealed) == "<Sealed>"
    with pytest.raises(SealBroken) as broken:
        unseal(sealed, replace(HERE, field="town"))
    assert "Kari" not in str(broken.value)
    assert sealed.data.hex() not in str(broken.value)
    assert broken.value.__cause__ is None


def test_blind_indexes_match_within_an_organisation_and_purpose_only() -> None:
    ours, theirs = UUID(int=1), UUID(int=2)
    one = blind_index(ours, "email", "kari@example.org")
    assert one == blind_index(ours, "email", "kari@example.org")
    assert len(one) == 32
    others = [
        blind_index(theirs, "email", "kari@example.org"),
        blind_index(ours, "phone", "kari@example.org"),
        blind_index(ours, "email", "Kari@example.org"),
        blind_index(ours, "emai", "lkari@example.org"),
    ]
    assert len({one, *others}) == 5


def test_a_blind_index_needs_the_key(settings, tmp_path) -> None:
    before = blind_index(UUID(int=1), "email", "kari@example.org")
    settings.RUNDBORD_KEY_FILE = tmp_path / "another.json"
    assert blind_index(UUID(int=1), "email", "kari@example.org") != before
