import string
from uuid import UUID

import pytest
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel.ids import PublicIdConverter, new_id, pid, unpid

LETTERS = set(string.ascii_lowercase + "234567")


def test_ids_are_random_and_say_nothing() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {one.version for one in made} == {4}
    assert made != sorted(made)


@given(st.uuids())
def test_a_public_id_is_26_letters_and_comes_back(one: UUID) -> None:
    assert len(pid(one)) == 26
    assert set(pid(one)) <= LETTERS
    assert unpid(pid(one)) == one


@given(st.text(max_size=40))
def test_whatever_is_not_a_public_id_is_refused(text: str) -> None:
    try:
        found = unpid(text)
    except ValueError:
        return
    assert pid(found) == text


def test_a_row_has_one_public_id_not_four() -> None:
    real = pid(UUID(int=0))
    for last in "bcd":  # the bits that a UUID does not use
        with pytest.raises(ValueError):
            unpid(real[:-1] + last)


@pytest.mark.parametrize("text", ["", "a" * 25, "a" * 27, "A" * 26, "a" * 25 + "1", "a" * 26 + "\n"])
def test_shapes_that_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        unpid(text)


@pytest.mark.urls("tests.kernel.routes")
def test_an_address_holds_the_public_form_and_gives_the_id_back(settings) -> None:
    settings.LANGUAGE_CODE = "nb"
    one = new_id()
    address = reverse("mine:page", kwargs={"wish": one})
    assert address.endswith(f"/side/{pid(one)}/")
    assert str(one) not in address
    assert resolve(address).kwargs == {"wish": one}


@pytest.mark.urls("tests.kernel.routes")
def test_an_address_with_a_made_up_id_is_not_found(client) -> None:
    assert client.get(f"/min/side/{'a' * 25}b/").status_code == 404


def test_the_converter_takes_ids_and_public_ids_but_nothing_else() -> None:
    one = new_id()
    assert PublicIdConverter().to_url(one) == PublicIdConverter().to_url(pid(one)) == pid(one)
    with pytest.raises(ValueError):
        PublicIdConverter().to_url("kari@example.org")
