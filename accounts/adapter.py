"""How allauth is used here: nobody signs up alone; sign-ins are in the journal; secrets of second factors are sealed."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from accounts.models import NO_MAILBOX
from accounts.queries import roles_of
from accounts.roles import Role
from pathways.audit.actions import record_act
from pathways.base.clock import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Sign-in only, and each one on record."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a user is made by an administrator, or with a newcomer's case."""
        return False

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Journal who signed in and by which means (password, code, mfa)."""
        means = [str(record.get("method", "")) for record in get_authentication_records(request, user)]
        record_act(actor=user, act="accounts.sign_in", subject=str(user.public_id), details={"means": means})
        response: HttpResponse = super().post_login(request, user, **options)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Journal that somebody failed to sign in, without the address: it may be a password typed in the wrong field."""
        record_act(actor=None, act="accounts.sign_in_failed", details={"means": ["password"]})
        super().authentication_failed(request, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent to an address that only stands for a user."""
        if not email.endswith(f"@{NO_MAILBOX}"):
            super().send_mail(template_prefix, email, context)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Newcomers have no password to give again: their pages ask for a fresh sign-in before a passkey is added."""
        return bool(super().is_reauthentication_required(app=app, **options)) and not is_newcomer(self.request.user)

    def logout(self, request: HttpRequest) -> None:
        """Journal who signed out."""
        if request.user.is_authenticated:
            record_act(actor=request.user, act="accounts.sign_out", subject=str(request.user.public_id))
        super().logout(request)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """Secrets of one-time passwords are stored encrypted under the secret key, so that a copy of the database opens no door."""

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        """A newcomer's passkey is a way in of its own, never a second step: who loses the phone must still get in."""
        return bool(super().is_mfa_enabled(user, types)) and not is_newcomer(user)

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret, also one sealed under an earlier secret key that is still listed."""
        return _sealer().decrypt(encrypted_text.encode()).decode()


def is_newcomer(user: User | AnonymousUser) -> bool:
    """Whether the user is a newcomer and nothing else."""
    return roles_of(user, on=today()) == {Role.NEWCOMER}


def _sealer() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(f"pathways.mfa:{key!s}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
