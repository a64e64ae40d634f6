"""Putting letters in the tray: what they say, and what they must never say."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID, uuid4

import icalendar
import pytest
from django.template import TemplateDoesNotExist
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel import outtray, tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.outtray import AddressRefused, letter
from rundbord.kernel.tenancy import NoTenantScope, WrongTenant
from tests.kernel.postbox import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "UID:1@example.org\r\nSEQUENCE:2\r\nDTSTAMP:20260302T090000Z\r\nDTSTART:20260310T170000Z\r\n"
    "SUMMARY:Møte\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


def put(organisation_id: UUID, now: datetime, **other: object) -> OutgoingMessage:
    told: dict[str, object] = {
        "kind": "test/hello",
        "to": "kari@example.org",
        "language": "nb",
        "context": {"name": "Kari & Per"},
        "subject": None,
    }
    return outtray.put(organisation_id=organisation_id, now=now, **told | other)  # type: ignore[arg-type]


def test_a_letter_is_written_once_with_everything_it_needs(scoped: UUID, now: datetime) -> None:
    wish = uuid4()
    row = put(scoped, now, subject=wish)
    kept = OutgoingMessage.objects.get()
    mail = read(kept.message)
    assert (kept.pk, kept.subject, kept.kind, kept.to) == (row.pk, wish, "test/hello", "kari@example.org")
    assert (kept.state, kept.due_at, kept.attempts) == ("waiting", now, 0)
    assert mail["To"] == "kari@example.org"
    assert mail["Message-ID"] == kept.message_id
    assert parsedate_to_datetime(mail["Date"]) == now
    assert mail["Auto-Submitted"] == "auto-generated"
    assert kept.message.isascii()


def test_the_text_is_plain_tidy_and_unescaped(scoped: UUID, now: datetime) -> None:
    mail = read(put(scoped, now, context={"name": "Kari & <Per>", "word": "blåbær 🫐"}).message)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content() == "Hei Kari & <Per>,\n\nblåbær 🫐\nJa.\n"


@pytest.mark.parametrize("name", ["", "LINK Elvebyen", "Værøy & Røst", 'Bo "Bokhylla", Ås', "会話"])
def test_an_office_may_show_its_own_name_as_sender(scoped: UUID, now: datetime, name: str) -> None:
    row = put(scoped, now, sender=name)
    written = read(row.message)["From"].addresses[0]
    neutral = read(put(scoped, now).message)["From"].addresses[0]
    assert row.message.isascii()
    assert written.display_name == (name or neutral.display_name)
    assert written.addr_spec == neutral.addr_spec


def test_a_name_cannot_begin_a_header_of_its_own(scoped: UUID, now: datetime) -> None:
    with pytest.raises(ValueError, match=r".+"):
        put(scoped, now, sender="Kari\r\nBcc: per@example.org")
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(("language", "yes"), [("nb", "Ja"), ("nn", "Ja"), ("en", "Yes")])
def test_the_letter_speaks_the_readers_language_not_the_writers(
    scoped: UUID, now: datetime, language: str, yes: str
) -> None:
    with translation.override("en" if language == "nb" else "nb"):
        mail = read(put(scoped, now, language=language).message)
    assert mail.get_content().endswith(f"{yes}.\n")
    assert mail["Content-Language"] == language


def test_subject_and_sender_say_nothing(scoped: UUID, now: datetime, settings) -> None:
    settings.RUNDBORD_MAIL_FROM = "post@example.org"
    one = read(put(scoped, now, language="en", kind="test/hello").message)
    assert one["Subject"] == "A message for you"
    assert one["From"] == "Messages <post@example.org>"
    assert set(one.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted"),
        *("X-Auto-Response-Suppress", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    }


def test_what_is_put_is_sealed(scoped: UUID, now: datetime) -> None:
    put(scoped, now, context={"name": "Kanarifugl"})
    for told in OutgoingMessage.objects.values().get().values():
        assert b"Kanarifugl" not in getattr(told, "data", repr(told).encode())


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_calendar_entry_comes_as_a_part_and_as_a_file(scoped: UUID, now: datetime, method: str) -> None:
    calendar = CALENDAR.replace(b"REQUEST", method.encode())
    mail = read(put(scoped, now, calendar=calendar, calendar_method=method).message)
    part, file = mail.get_body(("calendar",)), next(mail.iter_attachments())
    assert part is not None
    assert part["Content-Type"].params == {"charset": "utf-8", "method": method}
    for told in (part.get_payload(decode=True), file.get_content()):
        event = icalendar.Calendar.from_ical(told).events[0]
        assert (event["UID"], event["SEQUENCE"], event["SUMMARY"]) == ("1@example.org", 2, "Møte")
    assert (file.get_filename(), file.get_content()) == ("calendar.ics", calendar)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Hei Kari")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "kari",
        "kari@",
        "@example.org",
        "kari@example.org\nBcc: per@example.org",
        "kari@example.org\r\nSubject: x",
        "Kari <kari@example.org>",
        "kari@example.org, per@example.org",
        "kåre@example.org",
        "kari@exa mple.org",
        "kari@example.org\x00",
        "kari@" + "a" * 300 + ".org",
        "\ud800@example.org",
    ],
)
def test_an_address_that_cannot_be_is_refused_by_name(scoped: UUID, now: datetime, to: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        put(scoped, now, to=to)
    assert to not in str(refused.value) or not to
    assert not OutgoingMessage.objects.exists()


def test_a_domain_with_norwegian_letters_works(scoped: UUID, now: datetime) -> None:
    row = put(scoped, now, to="kari@blåbær.no")
    assert row.to == "kari@xn--blbr-roah.no"
    assert read(row.message)["To"] == row.to


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(to=st.text(max_size=60) | st.builds("{}@{}".format, st.text(max_size=20), st.text(max_size=20)))
def test_no_address_can_add_a_header_or_a_reader(to: str, now: datetime) -> None:
    try:
        written = letter.write(channel="email", to=to, text="hei\n", language="nb", now=now)
    except AddressRefused:
        return
    mail = read(written.data.decode("ascii"))
    assert len(mail["To"].addresses) == 1
    assert "Bcc" not in mail and "Cc" not in mail
    assert mail.get_content() == "hei\n"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=80))
def test_any_name_arrives_in_the_body_and_only_there(name: str, now: datetime, letters: None) -> None:
    text = letter.body("test/hello", "email", "nb", {"name": name})
    written = letter.write(channel="email", to="kari@example.org", text=text, language="nb", now=now)
    mail = read(written.data.decode("ascii"))
    assert mail.get_content() == text
    assert text.startswith(f"Hei {name},")
    assert len(mail.keys()) == len(set(mail.keys())) == 11
    assert max(len(line) for line in written.data.splitlines()) <= 998


def test_a_body_that_looks_like_headers_stays_a_body(scoped: UUID, now: datetime) -> None:
    evil = "x\r\nBcc: per@example.org\r\n\r\n.\r\nQUIT"
    mail = read(put(scoped, now, context={"name": evil}).message)
    assert "Bcc" not in mail
    assert "Bcc: per@example.org" in mail.get_content()


def test_a_kind_is_a_name_not_a_path(scoped: UUID, now: datetime) -> None:
    for kind in ("../secret", "/etc/passwd", "Test/hello", "", "a//b", "a/b.txt"):
        with pytest.raises(ValueError):
            put(scoped, now, kind=kind)
    with pytest.raises(TemplateDoesNotExist):
        put(scoped, now, kind="test/nothing")


def test_letters_belong_to_their_organisation(scoped: UUID, theirs: UUID, now: datetime) -> None:
    with pytest.raises(WrongTenant):
        put(theirs, now)
    with tenancy.everywhere("a test sets the twin's table"):
        put(theirs, now)
    mine = put(scoped, now)
    assert list(OutgoingMessage.objects.all()) == [mine]


def test_nothing_is_put_without_a_scope(ours: UUID, now: datetime) -> None:
    with pytest.raises(NoTenantScope):
        put(ours, now)


def test_text_messages_are_short_and_go_through_the_gateway(scoped: UUID, now: datetime, settings) -> None:
    settings.RUNDBORD_SMS_GATEWAY = "{number}@sms.example.org"
    row = put(scoped, now, channel="sms", to="+47 912 34 567")
    mail = read(row.message)
    assert row.to == mail["To"] == "4791234567@sms.example.org"
    assert "Subject" not in mail
    assert mail.get_content() == "Kort: Kari & Per\n"
    for wrong in ("", "kari@example.org", "12", "12a45678", "+4791234567\nBcc: x", "٩١٢٣٤٥٦٧"):
        with pytest.raises(AddressRefused):
            put(scoped, now, channel="sms", to=wrong)


@pytest.mark.parametrize(
    ("gateway", "mail", "available"),
    [
        ("", "smtp://localhost", False),
        ("{number}@sms.example.org", "smtp://localhost", True),
        ("", "file:///tmp/x", True),
        ("", "console:", True),
    ],
)
def test_without_a_gateway_there_are_no_text_messages(
    scoped: UUID, now: datetime, settings, gateway: str, mail: str, available: bool
) -> None:
    settings.RUNDBORD_SMS_GATEWAY, settings.RUNDBORD_MAIL = gateway, mail
    assert outtray.sms_available() is available
    if available:
        assert put(scoped, now, channel="sms", to="91234567").channel == "sms"
    else:
        with pytest.raises(outtray.NoSmsGateway):
            put(scoped, now, channel="sms", to="91234567")


def test_unsent_letters_can_be_taken_back_and_are_wiped(scoped: UUID, theirs: UUID, now: datetime) -> None:
    wish, other = uuid4(), uuid4()
    with tenancy.everywhere("a test sets the twin's table"):
        twin = put(theirs, now, subject=wish)
    sent = put(scoped, now, subject=wish)
    OutgoingMessage.objects.filter(pk=sent.pk).update(state="sent")
    waiting = put(scoped, now, subject=wish, not_before=now + timedelta(days=1))
    beside = put(scoped, now, subject=other)
    assert outtray.withdraw(subject=wish, kinds=["test/other"]) == 0
    assert outtray.withdraw(subject=wish, kinds=["test/hello"]) == 1
    assert outtray.withdraw(subject=wish) == 0
    states = {row.pk: row.state for row in OutgoingMessage.objects.all()}
    assert states == {sent.pk: "sent", waiting.pk: "withdrawn", beside.pk: "waiting"}
    waiting.refresh_from_db()
    assert (waiting.to, waiting.message) == (None, None)
    with tenancy.everywhere("a test looks"):
        twin.refresh_from_db()
        assert twin.state == "waiting"
