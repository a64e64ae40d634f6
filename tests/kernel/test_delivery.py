"""Delivering to a real mail server, on its good days and its bad ones."""

import ssl
import subprocess
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import outtray, tenancy
from rundbord.kernel.encryption import Sealed
from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.outtray import deliver_due, delivery, transport
from tests.kernel.postbox import Mute, Postbox, free_port, read
from tests.kernel.test_letter import CALENDAR, put

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def only() -> OutgoingMessage:
    with tenancy.everywhere("a test looks"):
        return OutgoingMessage.objects.get()


def deliver_for(days: float, now: datetime) -> datetime:
    """Delivers as a worker would, going from due time to due time; returns when it ended."""
    end = now + days * DAY
    while now <= end:
        deliver_due(now=now)
        row = only()
        if row.state != "waiting":
            break
        now = row.due_at
    return now


def test_a_letter_arrives_once_byte_for_byte(postbox: Postbox, scoped: UUID, now: datetime) -> None:
    row = put(scoped, now, calendar=CALENDAR)
    assert deliver_due(now=now) == 1
    assert deliver_due(now=now + DAY) == 0
    assert [data.decode() for data in postbox.taken] == [row.message]
    assert postbox.recipients == ["kari@example.org"]
    kept = only()
    assert (kept.state, kept.ended_at, kept.attempts, kept.last_error) == ("sent", now, 1, "")


def test_letters_of_all_organisations_go_oldest_first_and_not_before_their_time(
    postbox: Postbox, scoped: UUID, theirs: UUID, now: datetime
) -> None:
    put(scoped, now, to="third@example.org", not_before=now + 2 * HOUR)
    put(scoped, now + MINUTE, to="second@example.org")
    with tenancy.everywhere("a test sets the twin's table"):
        put(theirs, now, to="first@example.org")
    assert deliver_due(now=now + HOUR) == 2
    assert postbox.recipients == ["first@example.org", "second@example.org"]
    assert deliver_due(now=now + 2 * HOUR) == 1


def test_no_more_than_the_limit_at_a_time(postbox: Postbox, scoped: UUID, now: datetime) -> None:
    for _ in range(5):
        put(scoped, now)
    assert [deliver_due(now=now, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert len({read(data)["Message-ID"] for data in postbox.taken}) == 5


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_not_now_is_tried_again_later_with_the_same_bytes(
    postbox: Postbox, scoped: UUID, now: datetime, stage: str
) -> None:
    row = put(scoped, now)
    setattr(postbox, stage, ["451 busy", "421 come back", "450 greylisted"])
    times = []
    for _ in range(4):
        assert deliver_due(now=only().due_at - timedelta(seconds=1)) == 0
        times.append(only().due_at)
        deliver_due(now=only().due_at)
    waits = [later - earlier for earlier, later in pairwise(times)]
    for wait, least in zip(waits, (5, 10, 20), strict=True):
        assert least * MINUTE <= wait <= 1.4 * least * MINUTE
    assert [data.decode() for data in postbox.taken] == [row.message]
    assert set(postbox.offered) == {postbox.taken[0]}
    assert (only().state, only().attempts) == ("sent", 4)


def test_the_reason_is_kept_as_a_code_without_an_address(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    put(scoped, now)
    postbox.at_rcpt = ["450 kari@example.org is greylisted"]
    deliver_due(now=now)
    assert only().last_error == "smtp-450"


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_never_is_shown_to_a_human_at_once(postbox: Postbox, scoped: UUID, now: datetime, stage: str) -> None:
    row = put(scoped, now)
    setattr(postbox, stage, ["550 no such mailbox"])
    assert deliver_due(now=now) == 0
    assert list(outtray.dead_letters()) == [row]
    assert (only().last_error, only().ended_at, only().to) == ("smtp-550", now, "kari@example.org")
    assert deliver_due(now=now + DAY) == 0
    outtray.send_again(message=row, now=now + DAY)
    assert deliver_due(now=now + DAY) == 1
    assert [data.decode() for data in postbox.taken] == [row.message]


def test_one_bad_address_does_not_hold_up_the_others(postbox: Postbox, scoped: UUID, now: datetime) -> None:
    put(scoped, now, to="bad@example.org")
    put(scoped, now + MINUTE, to="good@example.org")
    postbox.at_rcpt = ["450 not now"]
    assert deliver_due(now=now + MINUTE) == 1
    assert postbox.recipients == ["good@example.org"]


@pytest.mark.parametrize("goodbye", ["500 what", "421 shutting down", "hang up"])
def test_a_bad_goodbye_does_not_send_the_letter_twice(
    postbox: Postbox, scoped: UUID, now: datetime, goodbye: str
) -> None:
    put(scoped, now)
    postbox.at_quit = [goodbye]
    assert deliver_due(now=now) == 1
    assert only().state == "sent"


def test_nobody_there(letters: None, scoped: UUID, now: datetime, settings) -> None:
    settings.RUNDBORD_MAIL = f"smtp://127.0.0.1:{free_port()}"
    put(scoped, now)
    put(scoped, now + MINUTE)
    assert deliver_due(now=now + HOUR) == 0
    # The line is down for everybody: the second letter is not tried in vain.
    told = OutgoingMessage.objects.order_by("put_at").values_list("attempts", "last_error", "state")
    assert list(told) == [(1, "ConnectionRefusedError", "waiting"), (0, "", "waiting")]


def test_a_server_that_says_nothing(
    letters: None, scoped: UUID, now: datetime, settings, monkeypatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", 0.2)
    put(scoped, now)
    with Mute() as mute:
        settings.RUNDBORD_MAIL = mute.url
        assert deliver_due(now=now) == 0
        assert len(mute.calls) == 1
    assert (only().state, only().last_error) == ("waiting", "SMTPServerDisconnected")


def test_given_up_after_three_days_and_shown(letters: None, scoped: UUID, now: datetime, settings) -> None:
    settings.RUNDBORD_MAIL = f"smtp://127.0.0.1:{free_port()}"
    row = put(scoped, now)
    ended = deliver_for(10, now)
    assert 3 * DAY <= ended - now <= 3 * DAY + 6 * HOUR
    assert list(outtray.dead_letters()) == [row]
    assert 15 <= only().attempts <= 30
    assert only().message == row.message


def test_three_days_count_from_the_first_try_not_from_the_writing(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    put(scoped, now)
    postbox.at_rcpt = ["451 busy"]
    deliver_due(now=now + 5 * DAY)  # the worker was away
    assert only().state == "waiting"
    deliver_due(now=now + 5 * DAY + HOUR)
    assert only().state == "sent"


def test_three_days_without_a_worker_are_not_three_days_of_trying(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    put(scoped, now)
    postbox.at_rcpt = ["451 busy", "451 busy"]
    for days in (0, 6, 7):
        deliver_due(now=now + days * DAY)
    assert (only().state, only().attempts) == ("sent", 3)


def test_a_letter_whose_every_try_kills_the_worker_is_given_up_too(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    row = put(scoped, now)
    with tenancy.everywhere("a test plays the worker"):
        at = now
        while delivery._counted(row.pk, at):  # counted, then killed before anything else
            at = only().due_at
    assert only().state == "dead"
    assert at - now >= 3 * DAY
    assert postbox.taken == []


def test_sealed_words_that_do_not_open_go_to_a_human(postbox: Postbox, scoped: UUID, now: datetime) -> None:
    put(scoped, now)
    good = put(scoped, now + MINUTE)
    first = OutgoingMessage.objects.order_by("put_at")[0]
    OutgoingMessage.objects.filter(pk=first.pk).update(message=Sealed(b"\x01" + bytes(50)))
    assert deliver_due(now=now + MINUTE) == 1
    assert [row.last_error for row in outtray.dead_letters()] == ["SealBroken"]
    assert read(postbox.taken[0])["Message-ID"] == good.message_id


def test_only_dead_letters_that_still_have_words_are_sent_again(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    waiting = put(scoped, now)
    with pytest.raises(outtray.NothingToSend):
        outtray.send_again(message=waiting, now=now)
    OutgoingMessage.objects.update(state="dead", message=None)
    with pytest.raises(outtray.NothingToSend):
        outtray.send_again(message=waiting, now=now)


def test_taken_back_in_time_is_not_sent(postbox: Postbox, scoped: UUID, now: datetime) -> None:
    row = put(scoped, now, subject=scoped)
    outtray.withdraw(subject=scoped)
    assert deliver_due(now=now) == 0
    assert postbox.offered == []
    assert only() == row


def test_words_are_wiped_a_week_after_they_left_and_rows_after_a_year(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    put(scoped, now)
    deliver_due(now=now)
    assert outtray.forget_sent(now + 7 * DAY - MINUTE) == 0
    assert outtray.forget_sent(now + 7 * DAY) == 1
    assert (only().to, only().message, only().state) == (None, None, "sent")
    assert outtray.forget_sent(now + 8 * DAY) == 0
    outtray.forget_sent(now=now + 365 * DAY)
    assert not OutgoingMessage.objects.exists()


def test_dead_letters_stay_a_month_and_waiting_ones_are_never_forgotten(
    postbox: Postbox, scoped: UUID, now: datetime
) -> None:
    postbox.at_rcpt = ["550 no"]
    put(scoped, now)
    deliver_due(now=now)
    put(scoped, now, not_before=now + 400 * DAY)
    assert outtray.forget_sent(now + 29 * DAY) == 0
    assert outtray.forget_sent(now + 30 * DAY) == 1
    outtray.forget_sent(now + 380 * DAY)
    assert [row.state for row in OutgoingMessage.objects.all()] == ["waiting"]


def test_a_folder_gets_one_file_per_letter_also_when_delivered_twice(
    letters: None, scoped: UUID, now: datetime, settings, tmp_path: Path
) -> None:
    settings.RUNDBORD_MAIL = f"file://{tmp_path}/out box"
    row = put(scoped, now)
    deliver_due(now=now)
    OutgoingMessage.objects.update(state="waiting")
    deliver_due(now=now + DAY)
    (file,) = (tmp_path / "out box").iterdir()
    assert file.suffix == ".eml"
    assert file.read_bytes().decode() == row.message
    assert only().attempts == 2


def test_the_console_shows_letters(letters: None, scoped: UUID, now: datetime, settings, capsys) -> None:
    settings.RUNDBORD_MAIL = "console:"
    row = put(scoped, now)
    assert deliver_due(now=now) == 1
    assert str(row.message_id) in capsys.readouterr().out


def test_a_way_nobody_knows_keeps_the_letters(letters: None, scoped: UUID, now: datetime, settings) -> None:
    settings.RUNDBORD_MAIL = "pigeon://loft"
    put(scoped, now)
    assert deliver_due(now=now) == 0
    assert (only().state, only().last_error) == ("waiting", "no-such-transport")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
            ),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.mark.parametrize(
    ("user", "trusted", "error"),
    [
        ("rund%2Fbord:p%40ss@", True, ""),
        ("rund%2Fbord:wrong@", True, "smtp-535"),
        ("", True, "smtp-530"),
        ("rund%2Fbord:p%40ss@", False, "SSLCertVerificationError"),
    ],
)
def test_a_guarded_server_is_asked_in_private_and_only_if_it_is_the_right_one(
    letters: None, scoped: UUID, now: datetime, settings, monkeypatch, certificate: Path, user, trusted, error
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    put(scoped, now)
    with Postbox(tls=context) as box:
        settings.RUNDBORD_MAIL = f"smtp://{user}127.0.0.1:{box.port}?starttls=1"
        assert deliver_due(now=now) == (0 if error else 1)
    assert only().last_error == error
    assert len(box.taken) == (0 if error else 1)
    # Our own set-up is at fault, never the receiver: such letters wait.
    assert only().state == ("waiting" if error else "sent")


@given(st.integers(0, 100), st.floats(0, 1))
def test_waits_double_and_are_longer_than_a_batch(attempts: int, chance: float) -> None:
    wait = delivery.wait_after(attempts, chance)
    assert 5 * MINUTE <= wait <= 1.4 * 4 * HOUR
    assert wait.total_seconds() > delivery.BATCH_TIME + 8 * transport.TIMEOUT
    assert delivery.wait_after(attempts + 1, chance) >= wait
