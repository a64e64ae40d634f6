"""The questions of a wish: what people type, and what it is taken to mean."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from rundbord.signups.rules import check_wish
from rundbord.surfaces.asking import (
    HitField,
    NumberField,
    PlaceField,
    PlacesField,
    WhatForm,
    WhenForm,
    WhereForm,
    YouForm,
    point_out,
    wish_of,
)

YOU = {"first_name": "Kari", "contact": "kari@example.org", "age_band": "46-60"}


@pytest.mark.django_db
class TestPlaces:
    @pytest.mark.parametrize("typed", ["Fredrikstad", "fredrikstad", " FREDRIKSTAD ", "3107", "Fredriks"])
    def test_as_people_type_it(self, typed):
        assert PlaceField().clean(typed).code == "3107"

    @pytest.mark.parametrize("typed", ["Kárášjohka", "Karasjok", "karasjohka"])
    def test_in_either_language(self, typed):
        assert PlaceField().clean(typed).code == "5610"

    def test_two_of_the_name_are_named(self):
        with pytest.raises(forms.ValidationError, match=r"Våler \(Østfold\)") as wrong:
            PlaceField().clean("Våler")
        assert "Våler (Innlandet)" in str(wrong.value)

    @pytest.mark.parametrize("label", ["Våler (Østfold)", "Våler (Innlandet)"])
    def test_what_was_offered_is_understood(self, label):
        assert PlaceField().clean(label).label == label

    @pytest.mark.parametrize("typed", ["Atlantis", "0000", "٣١٠٧٩", "<script>", "%"])
    def test_what_nobody_knows(self, typed):
        with pytest.raises(forms.ValidationError):
            HitField().clean(typed)

    def test_nothing_is_nothing_where_it_may_be(self):
        assert PlaceField(required=False).clean("") is None
        assert PlacesField(required=False).clean("  \n ,, ") == []

    def test_several_in_lines_or_with_commas_each_once(self):
        found = PlacesField().clean("Fredrikstad, Halden\n3107\n\nMoss,")
        assert [place.name for place in found] == ["Fredrikstad", "Halden", "Moss"]

    def test_one_wrong_among_several_is_said(self):
        with pytest.raises(forms.ValidationError):
            PlacesField().clean("Fredrikstad, Atlantis")

    @given(st.text(max_size=300))
    def test_any_text_is_a_place_or_a_sentence(self, typed):
        try:
            hit = HitField(required=False).clean(typed)
        except forms.ValidationError as wrong:
            assert wrong.messages[0]
        else:
            assert hit is None or hit.place.code


class TestNumbers:
    FIELD = NumberField(label="km", choices=[(5, "5 km"), (20, "20 km")], usual=20)

    @pytest.mark.parametrize("typed, meant", [("5", 5), ("", 20), (None, 20), ("20", 20)])
    def test_one_of_the_list_or_the_usual(self, typed, meant):
        assert self.FIELD.clean(typed) == meant

    @given(st.text().filter(lambda text: text not in {"", "5", "20"}))
    def test_nothing_else(self, typed):
        with pytest.raises(forms.ValidationError):
            self.FIELD.clean(typed)


class TestYou:
    @pytest.mark.parametrize(
        "contact, ring, kind, value",
        [
            ("Kari@Example.ORG", "", "email", "kari@example.org"),
            ("912 34 567", "on", "ring_me", "+4791234567"),
            ("0046 70 123 45 67", "on", "ring_me", "+46701234567"),
            ("+46 70 123 45 67", "on", "ring_me", "+46701234567"),
        ],
    )
    def test_an_address_or_a_number(self, contact, ring, kind, value):
        form = YouForm(YOU | {"contact": contact, "ring_me": ring} if ring else YOU | {"contact": contact})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["contact_kind"] == kind
        assert form.cleaned_data["contact_value"].lower() == value

    @pytest.mark.parametrize("contact", ["kari", "kari@", "@example.org", "12", "a@b", "kari@exa mple.org"])
    def test_neither_gets_one_sentence_beside_the_field(self, contact):
        form = YouForm(YOU | {"contact": contact})
        assert not form.is_valid() and set(form.errors) == {"contact"}

    @pytest.mark.parametrize("name", ["Kari", "王芳", "فاطمة", "Ánná-Máret", "Ø", "Иван", "நிலா"])
    def test_names_in_any_script(self, name):
        form = YouForm(YOU | {"first_name": name})
        assert form.is_valid() and form.cleaned_data["first_name"] == name

    def test_direction_marks_and_nuls_are_taken_out(self):
        form = YouForm(YOU | {"first_name": "\u202eKa\x00ri\u2066"})
        assert form.is_valid() and form.cleaned_data["first_name"] == "Kari"


@pytest.mark.django_db
class TestTogether:
    def said(self, **changes):
        """Clean answers of all four forms."""
        posted = {"place": "3107", "form": "both", "slots": ["4"], **YOU} | changes
        together = {}
        for form in (step(posted) for step in (WhereForm, WhenForm, WhatForm, YouForm)):
            assert form.is_valid(), form.errors
            together |= form.cleaned_data
        return together

    def test_the_wish_holds_for_the_room(self):
        fields = wish_of(self.said(), ui_language="nn")
        assert check_wish(fields) == {}
        assert (fields.place_code, fields.physical, fields.digital) == ("3107", True, True)
        assert (fields.focus, fields.languages, fields.ui_language) == (["mixed"], ["no"], "nn")
        assert (fields.max_km, fields.discretion) == (20, 0)

    @pytest.mark.parametrize(
        "form, physical, digital", [("room", True, False), ("digital", False, True), ("", True, False)]
    )
    def test_how_to_meet(self, form, physical, digital):
        fields = wish_of(self.said(form=form), ui_language="nb")
        assert (fields.physical, fields.digital) == (physical, digital)

    def test_what_the_room_finds_wrong_stands_beside_its_field(self):
        form = YouForm(YOU)
        assert point_out(form, {"contact_kind": "Choose.", "place_code": "Where?"})
        assert form.errors == {"contact": ["Choose."]}
        where = WhereForm({"place": "3107"})
        assert point_out(where, {"physical": "How?"}) and where.errors == {"form": ["How?"]}
        assert not point_out(WhenForm({"slots": ["4"]}), {"contact": "Wrong."})

    def test_a_field_is_not_scolded_twice(self):
        form = YouForm(YOU | {"contact": "x"})
        point_out(form, {"contact": "Wrong."})
        assert len(form.errors["contact"]) == 1
