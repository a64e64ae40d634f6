"""A caller written down: one page, a yes on the phone, and at once on the list."""

import pytest

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, TimelineEntry
from rundbord.signups.models import Enquiry, SignUp
from tests.surfaces.office.addresses import to

CALLER = {
    "channel": "phone", "first_name": "Kari", "contact": "kari@example.org", "place": "Fredrikstad",
    "age_band": "46-60", "slots": ["4", "9"], "consent": "on",
}  # fmt: skip
LONG = "x" * 10_000


def told(answer):
    return answer.content.decode()


def wishes(organisation):
    with tenancy.scope(organisation.id):
        return list(SignUp.objects.all())


def test_a_caller_is_on_the_list_at_once(organisation, office):
    answer = office.post(to("register"), CALLER, follow=True)
    assert "The person is on the waiting list." in told(answer)
    [wish] = wishes(organisation)
    assert (wish.state, wish.first_name, wish.contact, wish.slots) == (
        "waiting",
        "Kari",
        "kari@example.org",
        [4, 9],
    )
    assert (wish.focus, wish.languages, wish.physical, wish.digital) == (["mixed"], ["no"], True, False)
    with tenancy.scope(organisation.id):
        [enquiry] = Enquiry.objects.all()
    assert (enquiry.channel, enquiry.became_wish) == ("phone", True)


def test_few_answers_are_enough(organisation, office):
    """Seven answers: a minute on the phone."""
    office.post(to("register"), CALLER)
    assert len(CALLER) == 7
    for name in CALLER:
        less = {key: value for key, value in CALLER.items() if key != name} | {"ring_me": ""}
        office.post(to("register"), less | ({"contact": "other@example.org"} if name != "contact" else {}))
    assert len(wishes(organisation)) == 1


def test_the_language_of_letters_is_the_person_s_own(organisation, office):
    office.post(to("register"), CALLER | {"ui_language": "nn"})
    assert wishes(organisation)[0].ui_language == "nn"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"consent": ""}, "We need the person"),
        ({"channel": ""}, "Please choose one."),
        ({"channel": "pigeon"}, "Please choose one of the answers in the list."),
        ({"first_name": ""}, "Please fill this in."),
        ({"first_name": LONG}, "You have written 10000."),
        ({"contact": "nobody"}, "e-mail"),
        ({"contact": "12"}, "number"),
        ({"place": "Ingensteds"}, "We do not know that place."),
        ({"place": LONG}, "You have written 10000."),
        ({"slots": []}, "Please choose at least one time."),
        ({"slots": ["99"]}, "Please choose times in the table."),
        ({"age_band": "12-17"}, "Please choose one of the answers in the list."),
        ({"women_only": "on", "young_only": "on"}, "young adults"),
        ({"note": LONG}, "You have written 10000."),
        ({"max_km": "1000000"}, "Please choose one of the answers in the list."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_lost(changed, sentence, organisation, office):
    answer = office.post(to("register"), CALLER | {"note": "Ring etter kl. 16"} | changed)
    shown = told(answer)
    assert answer.status_code == 200
    assert sentence in shown
    for name in {"first_name", "note"} - set(changed):
        assert {"first_name": "Kari", "note": "Ring etter kl. 16"}[name] in shown
    assert wishes(organisation) == []


@pytest.mark.parametrize("name", ["Åse", "فاطمة", "Ольга", "ትርሓስ", "Ẕ"])
def test_names_of_any_script_are_kept(name, organisation, office):
    office.post(to("register"), CALLER | {"first_name": name})
    assert wishes(organisation)[0].first_name == name


def test_a_foreign_number_is_kept(organisation, office):
    office.post(to("register"), CALLER | {"contact": "+46 70 123 45 67", "ring_me": "on"})
    assert wishes(organisation)[0].contact == "+46701234567"


def test_somebody_known_is_opened_instead(organisation, office):
    office.post(to("register"), CALLER)
    [known] = wishes(organisation)
    shown = told(office.post(to("register"), CALLER | {"first_name": "Kari Anne"}))
    assert "This person already has a wish here." in shown
    assert to("person", known.id) in shown
    assert 'value="Kari Anne"' in shown
    assert len(wishes(organisation)) == 1


def test_the_neighbour_s_people_are_not_known_here(organisation, twin, office, neighbour):
    neighbour.post(to("register"), CALLER)
    assert "already" not in told(office.post(to("register"), CALLER, follow=True))
    assert len(wishes(organisation)) == len(wishes(twin)) == 1


def test_who_only_asked_is_counted_and_nothing_else_kept(organisation, twin, office):
    answer = office.post(to("register"), {"asked_by": "visit"}, follow=True)
    assert "Counted. Nothing else is kept." in told(answer)
    with tenancy.scope(organisation.id):
        assert Counter.objects.get(counter="enquiry").detail == "visit"
        assert Enquiry.objects.get().became_wish is False
        assert not TimelineEntry.objects.filter(verb="wish-registered").exists()
    with tenancy.scope(twin.id):
        assert not Counter.objects.exists()


@pytest.mark.parametrize("value", ["", "pigeon", LONG])
def test_a_channel_that_does_not_exist_is_not_counted(value, organisation, office):
    assert "Please choose one" in told(office.post(to("register"), {"asked_by": value}))
    with tenancy.scope(organisation.id):
        assert not Enquiry.objects.exists()
