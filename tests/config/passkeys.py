"""A phone that keeps one passkey, in software: it answers as a browser would post it."""

import hashlib
import json
import re
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.surfaces.mine.people import at

EMAIL, PASSWORD = "kari@example.org", "en-lang-nok-setning"
HOST = "testserver"
_PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
_RP = hashlib.sha256(HOST.encode()).digest()


class Phone:
    """`name`: base64 of what the account is called; it comes back with a sign-in that asks for no account."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.name = ""

    def registered(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.create(options)`."""
        asked = options["publicKey"]
        self.name = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(_RP, _PRESENT | AuthenticatorData.FLAG.AT, 0, credential)
        told = AttestationObject.create("none", data, {})
        return self._answer("webauthn.create", asked["challenge"], attestationObject=told)[0]

    def signed(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.get(options)`."""
        data = AuthenticatorData.create(_RP, _PRESENT, 1)
        answer, said = self._answer("webauthn.get", options["publicKey"]["challenge"], authenticatorData=data)
        sealed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        answer["response"] |= {"signature": websafe_encode(sealed), "userHandle": self.name}
        return answer

    def _answer(self, kind: str, challenge: str, **told: bytes) -> tuple[dict[str, Any], bytes]:
        said = json.dumps({"type": kind, "challenge": challenge, "origin": f"http://{HOST}"}).encode()
        response = {name: websafe_encode(value) for name, value in ({"clientDataJSON": said} | told).items()}
        own = websafe_encode(self.id)
        answer = {"id": own, "rawId": own, "type": "public-key", "clientExtensionResults": {}}
        return answer | {"response": response}, said


def options(answer: Any) -> Any:
    """What the page asks the passkey."""
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', answer.content.decode())
    [asked] = json.loads(found[1]).values()
    return asked


def type_password(client: Any) -> Any:
    """She types her address and her password."""
    return client.post(at("account_login"), {"login": EMAIL, "password": PASSWORD})
