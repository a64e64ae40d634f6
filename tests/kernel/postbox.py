"""A mail server to send to: real SMTP on loopback, which can be told to be difficult."""

import email
import socket
import ssl
import threading
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postbox:
    """Keeps what it took. `at_rcpt`, `at_data`, `at_quit` hold answers to give instead of yes, in order."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self.at_rcpt: list[str] = []
        self.at_data: list[str] = []
        self.at_quit: list[str] = []
        self.offered: list[bytes] = []
        self.signed_in: list[bytes] = []
        guarded: dict[str, Any] = (
            {"tls_context": tls, "auth_required": True, "authenticator": self._sign_in} if tls else {}
        )
        self.port = free_port()
        self._server = Controller(self, hostname="127.0.0.1", port=self.port, **guarded)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def _sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = (data.login, data.password) == (b"rund/bord", b"p@ss")
        self.signed_in.append(data.login)
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at_rcpt:
            return self.at_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.offered.append(envelope.original_content)
        if self.at_data:
            return self.at_data.pop(0)
        self.taken.append(envelope.original_content)
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        if self.at_quit == ["hang up"]:
            server.transport.abort()
        return self.at_quit.pop(0) if self.at_quit else "221 Bye"

    def read(self, index: int = -1) -> EmailMessage:
        """A letter it took, as a mail program reads it."""
        return read(self.taken[index])

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.stop()


class Mute:
    """A server that takes the call and says nothing."""

    def __enter__(self) -> Self:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._door.getsockname()[1]}"
        self.calls: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self) -> None:
        while True:
            try:
                self.calls.append(self._door.accept()[0])
            except OSError:
                return

    def __exit__(self, *exc: object) -> None:
        self._door.close()
        for call in self.calls:
            call.close()


def read(told: str | bytes | None) -> EmailMessage:
    """A message as a mail program reads it."""
    assert told is not None
    data = told.encode("ascii") if isinstance(told, str) else told
    return email.message_from_bytes(data.replace(b"\r\n", b"\n"), policy=default)  # type: ignore[return-value]
