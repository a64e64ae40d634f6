"""Texts found in the sources are exactly those that Django asks a catalogue for."""

import polib
import pytest
from django.template import engines
from django.utils import translation
from django.utils.translation import trans_real

from tools.extraction import Text, from_python, from_template, texts


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("Hello")', [Text("Hello")]),
        (
            'from django.utils.translation import pgettext_lazy as _lazy\n_lazy("state", "Open")',
            [Text("Open", context="state")],
        ),
        ('from elsewhere import gettext as said\nsaid("Hello")', []),
        ('gettext_lazy("Two " "parts")', [Text("Two parts")]),
        ('translation.gettext("By attribute")', [Text("By attribute")]),
        ('ngettext("%(n)s day", "%(n)s days", n)', [Text("%(n)s day", "%(n)s days")]),
        ('pgettext("month", "May")', [Text("May", "", "month")]),
        ('npgettext("seat", "one", "many", n)', [Text("one", "many", "seat")]),
        ('_("a"); x = [_("b") for _i in y]', [Text("a"), Text("b")]),
        ("_(variable)", []),
        ('_(f"{x} days")', []),
        ('ngettext("one", many, n)', []),
        ('_("")', []),
        ('print("Hello")', []),
    ],
)
def test_python(code, found):
    assert list(from_python(code)) == found


TEMPLATES = [
    ('{% translate "Hello" %}', [Text("Hello")]),
    ("{% translate 'It\"s' %}", [Text('It"s')]),
    ('{% translate "100 % sure" %}', [Text("100 %% sure")]),
    ('{% translate "May" context "month" %}', [Text("May", "", "month")]),
    ("{% blocktranslate trimmed %}\n  One\n  line\n{% endblocktranslate %}", [Text("One line")]),
    ("{% blocktranslate with name=who %}Hi {{ name }}{% endblocktranslate %}", [Text("Hi %(name)s")]),
    (
        "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
        [Text("%(n)s day", "%(n)s days")],
    ),
    ('{{ _("In a variable") }}', [Text("In a variable")]),
    ('{{ missing|default:_("In a filter") }}', [Text("In a filter")]),
    ('{% firstof missing _("In a tag") %}', [Text("In a tag")]),
]


@pytest.mark.parametrize(("source", "found"), TEMPLATES, ids=[source for source, _ in TEMPLATES])
def test_templates(source, found):
    assert list(from_template(source)) == found


@pytest.mark.parametrize(
    "source", ["{% comment %}{% translate 'no' %}{% endcomment %}", "plain _('no?') text"]
)
def test_what_is_no_text_is_left_alone(source):
    assert list(from_template(source)) == []


@pytest.mark.parametrize(("source", "found"), TEMPLATES, ids=[source for source, _ in TEMPLATES])
def test_django_finds_each_text_under_the_name_we_gave_it(tmp_path, settings, source, found):
    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for text in found:
        said = {"msgstr_plural": {0: "« »", 1: "« »"}} if text.plural else {"msgstr": "« »"}
        catalogue.append(
            polib.POEntry(msgid=text.singular, msgid_plural=text.plural, msgctxt=text.context, **said)
        )
    catalogue.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations = {}
    try:
        with translation.override("nn"):
            page = engines["django"].from_string("{% load i18n %}" + source)
            assert page.render({"days": 3, "who": "Åse"}) == "« »"
    finally:
        trans_real._translations = {}


def test_a_tree_of_sources_gives_each_text_with_its_files(tmp_path):
    pages = tmp_path / "groups" / "templates" / "groups"
    (pages / "mail").mkdir(parents=True)
    (tmp_path / "groups" / "rules.py").write_text('FULL = _("Full")\nOPEN = _("Open")\n')
    (pages / "group.html").write_text('{% translate "Full" %}')
    (pages / "mail" / "offer.txt").write_text('{% translate "A place for you" %}')
    assert texts(tmp_path) == {
        Text("Full"): ["groups/rules.py", "groups/templates/groups/group.html"],
        Text("Open"): ["groups/rules.py"],
        Text("A place for you"): ["groups/templates/groups/mail/offer.txt"],
    }
