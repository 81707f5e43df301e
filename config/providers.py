"""OpenID Connect providers, from the environment: one for staff (their organisation's accounts), one for newcomers (an eID)."""

from __future__ import annotations

import os
from typing import Any

from config.runtime import environment as env


def _named(prefix: str, name: str) -> dict[str, Any]:
    """What every provider has; without an address there is none."""
    return {
        "name": os.environ.get(f"{prefix}_NAME", name),
        "server_url": os.environ.get(f"{prefix}_URL", ""),
        "client_id": os.environ.get(f"{prefix}_CLIENT", ""),
        "secret": os.environ.get(f"{prefix}_SECRET", ""),
    }


OPENID = _named("PATHWAYS_OPENID", "OpenID Connect")
EID = _named("PATHWAYS_EID", "eID") | {
    "scope": env.words("PATHWAYS_EID_SCOPE", "openid,profile"),
    "claim": os.environ.get("PATHWAYS_EID_NUMBER_CLAIM", "egovNRN"),
    "origins": env.words("PATHWAYS_EID_ORIGINS"),
}


def provider(code: str, named: dict[str, Any], **options: Any) -> dict[str, Any]:
    """A provider as allauth wants it."""
    app = {"provider_id": code, "name": named["name"], "client_id": named["client_id"], "secret": named["secret"]}
    return app | {"settings": {"server_url": named["server_url"], "oauth_pkce_enabled": True, **options}}


def providers() -> dict[str, Any]:
    """Those that are named; the newcomers' is not offered to staff."""
    staff = [provider("openid", OPENID)] if OPENID["server_url"] else []
    newcomers = [provider("eid", EID, scope=EID["scope"], hidden=True)] if EID["server_url"] else []
    return {"openid_connect": {"APPS": [*staff, *newcomers]}}


def origins() -> list[str]:
    """Scheme and host of each: where a sign-in form may lead."""
    addresses = [str(one["server_url"]) for one in (OPENID, EID) if one["server_url"]]
    return ["/".join(address.split("/")[:3]) for address in addresses] + list(EID["origins"])
