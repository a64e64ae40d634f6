"""How letters leave: settings.RUNDBORD_MAIL.

smtp://user:pass@host:port?starttls=1 · smtps://… · file:///folder (one .eml each) · console:
"""

import contextlib
import os
import smtplib
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings

TIMEOUT = 20  # seconds for each step of the talk with the mail server


@dataclass(frozen=True)
class Parcel:
    """One letter on its way: a name for files, envelope addresses, bytes."""

    name: str
    sender: str
    to: str
    data: bytes


class NotTaken(Exception):
    """The letter was not taken. `code` is short and holds no address.

    forever: the receiver's own no (5xx to the recipient or the content); asking again changes nothing.
    line_down: nothing is wrong with this letter; no other would get through either.
    """

    def __init__(self, code: str, *, forever: bool = False, line_down: bool = False) -> None:
        super().__init__(code)
        self.code, self.forever, self.line_down = code[:64], forever, line_down


def _target() -> SplitResult:
    return urlsplit(settings.RUNDBORD_MAIL)


def sms_available() -> bool:
    """Whether text messages can be sent: through a gateway, or into the demonstration's outbox."""
    return bool(settings.RUNDBORD_SMS_GATEWAY) or _target().scheme in ("file", "console")


def send(parcel: Parcel) -> None:
    """Hands one letter over. Returns when the other side has taken it; raises NotTaken if not."""
    target = _target()
    if target.scheme == "file":
        _into_folder(Path(unquote(target.path)), parcel)
    elif target.scheme == "console":
        sys.stdout.write(parcel.data.decode("ascii") + "\n")
    elif target.scheme in ("smtp", "smtps"):
        _over_smtp(target, parcel)
    else:
        raise NotTaken("no-such-transport", line_down=True)


def _into_folder(folder: Path, parcel: Parcel) -> None:
    # The same letter has the same name: delivered twice, it still lies there once.
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{parcel.name}.{os.getpid()}"
    try:
        draft.write_bytes(parcel.data)
        os.replace(draft, folder / f"{parcel.name}.eml")
    except OSError as error:
        raise NotTaken(type(error).__name__, line_down=True) from error


def _over_smtp(target: SplitResult, parcel: Parcel) -> None:
    try:
        server = _greeted(target, parcel)
    except smtplib.SMTPResponseException as error:
        # The relay refuses us (sign-in, greeting): a fault of our set-up, not of this letter.
        raise NotTaken(f"smtp-{error.smtp_code}", line_down=True) from None
    except OSError as error:  # smtplib's other errors are OSErrors too
        raise NotTaken(type(error).__name__, line_down=True) from None
    try:
        _handed_over(server, parcel)
    finally:
        # Once the letter is taken, a bad goodbye must not make it look untaken.
        with contextlib.suppress(OSError):
            server.quit()
        server.close()


def _greeted(target: SplitResult, parcel: Parcel) -> smtplib.SMTP:
    wanted = {name: values[-1] for name, values in parse_qs(target.query).items()}
    host, port = target.hostname or "localhost", target.port
    me = parcel.sender.rpartition("@")[2]
    server: smtplib.SMTP
    if target.scheme == "smtps":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, port or 465, local_hostname=me, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port or 25, local_hostname=me, timeout=TIMEOUT)
    try:
        if wanted.get("starttls") == "1":
            server.starttls(context=ssl.create_default_context())
        if target.username:
            server.login(unquote(target.username), unquote(target.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _handed_over(server: smtplib.SMTP, parcel: Parcel) -> None:
    try:
        server.sendmail(parcel.sender, [parcel.to], parcel.data)
    except smtplib.SMTPRecipientsRefused as error:
        code = max(answer[0] for answer in error.recipients.values())
        raise NotTaken(f"smtp-{code}", forever=code >= 500) from None
    except smtplib.SMTPDataError as error:
        raise NotTaken(f"smtp-{error.smtp_code}", forever=error.smtp_code >= 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotTaken(f"smtp-{error.smtp_code}", line_down=True) from None
    except OSError as error:
        raise NotTaken(type(error).__name__, line_down=True) from None
