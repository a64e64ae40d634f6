"""A small OpenID Connect provider that is real: discovery, authorize, token, userinfo, keys, RS256."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "rundbord", "between-the-two-of-us"


@dataclass
class Provider:
    """Whoever comes is the person in `claims` and is sent back at once, or with the error in `refuses`."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    refuses: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def app(self) -> dict[str, Any]:
        """The setting that Rundbord makes of RUNDBORD_OIDC_*."""
        own = {"server_url": self.url, "verified_email": False}
        about = {"provider_id": "oidc", "name": "Kommunen", "client_id": CLIENT, "secret": SECRET}
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**about, "settings": own}]}}

    def discovery(self) -> dict[str, Any]:
        """What /.well-known/openid-configuration says."""
        ends = {
            "authorization_endpoint": "authorize", "token_endpoint": "token",
            "userinfo_endpoint": "userinfo", "jwks_uri": "keys",
        }  # fmt: skip
        return {"issuer": self.url, **{name: f"{self.url}/{path}" for name, path in ends.items()}}

    def keys(self) -> dict[str, Any]:
        """The public key."""
        told = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**told, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes on."""
        self.asked.append(asked)
        back = {"state": asked["state"]}
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({**back, 'error': self.refuses})}"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({**back, 'code': code})}"

    def token(self, said: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, once, to whom the code was given; None when something does not agree."""
        asked = self.codes.pop(said.get("code", ""), None)
        proof = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        sealed = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if not asked or sealed != asked["code_challenge"] or said["redirect_uri"] != asked["redirect_uri"]:
            return None
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        about = {"iss": self.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 300}
        sealed_claims = jwt.encode({**self.claims, **about}, self.key, "RS256", {"kid": "1"})
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": sealed_claims}


def _asking(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Asking(BaseHTTPRequestHandler):
        def log_message(self, *about: object) -> None:
            pass

        def tell(self, what: object, status: int = 200) -> None:
            said = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(dict(parse_qsl(address.query))))
                self.end_headers()
            elif address.path == "/userinfo":
                known = self.headers["Authorization"].removeprefix("Bearer ") in provider.tokens
                self.tell(provider.claims if known else {}, 200 if known else 401)
            else:
                self.tell(provider.keys() if address.path == "/keys" else provider.discovery())

        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = provider.token(dict(parse_qsl(said)))
            self.tell(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

    return Asking


@contextmanager
def providing(**claims: Any) -> Iterator[Provider]:
    """The provider at work on this machine, for one person."""
    provider = Provider(claims=claims)
    with ThreadingHTTPServer(("127.0.0.1", 0), _asking(provider)) as server:
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
