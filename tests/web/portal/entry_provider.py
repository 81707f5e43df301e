"""A small OpenID Connect provider that really runs: discovery, sign-in, token (signed RS256, PKCE checked), keys, user info."""

from __future__ import annotations

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
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, KID = "pathways", "a shared secret", "key-1"


def new_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Who is signed in at the provider (`claims`), and what it should do wrongly."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    cancel: bool = False
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signs_with: rsa.RSAPrivateKey | None = None
    audience: str = CLIENT
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """What discovery tells."""
        names = ("authorization", "token", "userinfo")
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{name}_endpoint": f"{self.url}/{name}" for name in names},
        }

    def keys(self) -> dict[str, Any]:
        """The public key."""
        key = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [key | {"kid": KID, "alg": "RS256", "use": "sig"}]}

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        self.asked = query
        if self.cancel:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any] | None:
        """A signed token for a code, once; None where client, code or proof are wrong."""
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked.get("code_challenge"):
            return None
        moment = int(time.time())
        claims = {"iss": self.url, "aud": self.audience, "iat": moment, "exp": moment + 60, "sub": "1"} | self.claims
        signed = jwt.encode(claims, self.signs_with or self.key, algorithm="RS256", headers={"kid": KID})
        return {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def about(self) -> dict[str, Any]:
        """The page about the user."""
        return {"sub": "1"} | (self.claims if self.userinfo is None else self.userinfo)


class Handler(BaseHTTPRequestHandler):
    """HTTP around the provider."""

    provider: Provider

    def log_message(self, *_about: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        """Discovery, keys, sign-in, user info."""
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorization":
            self.send_response(302)
            self.send_header("Location", self.provider.authorise(query))
            self.end_headers()
            return
        pages = {
            "/.well-known/openid-configuration": self.provider.configuration,
            "/jwks": self.provider.keys,
            "/userinfo": self.provider.about,
        }
        self._json(pages[address.path]())

    def do_POST(self) -> None:
        """The token."""
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = self.provider.token({name: values[0] for name, values in parse_qs(sent).items()})
        self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def _json(self, data: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that listens on a port of its own."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"provider": provider}))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
