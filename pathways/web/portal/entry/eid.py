"""Signing in with an eID over OpenID Connect (itsme, CSAM or another): it names a person by their national number alone.

Never by e-mail: an address may be shared. The token's signature is checked, although it comes straight from the provider, and
nothing of what it says is kept. Accounts of staff at the provider of their organisation go allauth's usual way.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from pathways.access.actions import enter_by_number
from pathways.base.clock import today
from pathways.people.national_number import InvalidNationalNumber, read_national_number
from pathways.web.portal.entry.entering import sign_in_user

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin

PROVIDER: Final = "eid"


class EidAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth brings no types
    """The provider of newcomers: comes back to the portal, and every token's signature is checked."""

    def get_provider(self) -> OpenIDConnectProvider:
        """The configured provider, which asks through this class too."""
        provider: OpenIDConnectProvider = super().get_provider()
        provider.oauth2_adapter_class = EidAdapter
        return provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends the browser back to."""
        return request.build_absolute_uri(reverse("portal:eid_callback"))

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Takes over where a newcomer comes back from the eID: no account elsewhere is connected, no address believed."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in the person of the national number, or say that the office does not know it."""
        if sociallogin.account.provider == PROVIDER:
            match = request.resolver_match  # allauth's own way back does not check the signature
            checked = match is not None and match.view_name == "portal:eid_callback"
            raise ImmediateHttpResponse(
                _enter(request, sociallogin.account.extra_data) if checked else _failed(request)
            )

    def on_authentication_error(self, request: HttpRequest, provider: Any, **trouble: Any) -> None:
        """A newcomer is told on the page they came from."""
        if getattr(getattr(provider, "app", None), "provider_id", "") == PROVIDER:
            raise ImmediateHttpResponse(_failed(request))


def _enter(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    number = national_number(said)
    user = enter_by_number(national_number=number, on=today()) if number else None
    if user is None:
        messages.error(request, _("We do not know you yet. Ask your office for a letter with a code."))
        return redirect("portal:sign_in")
    return sign_in_user(request, user, means="eid")


def national_number(said: dict[str, Any]) -> str:
    """The national number that the provider vouches for, "" where it names none that can be right.

    What the token and the page about the user say must be of the same person.
    """
    token, about = said.get("id_token") or {}, said.get("userinfo") or {}
    if not token or (about and not secrets.compare_digest(str(token.get("sub")), str(about.get("sub")))):
        return ""
    claim = settings.EID["claim"]
    try:
        return read_national_number(str(token.get(claim) or about.get(claim) or "")).digits
    except InvalidNationalNumber:
        return ""


def _failed(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("That did not work. Try again, or sign in another way."))
    return redirect("portal:sign_in")


@require_POST
def eid(request: HttpRequest) -> HttpResponse:
    """To the provider."""
    return _ask(OAuth2LoginView, request)


@require_safe
def eid_callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    return _ask(OAuth2CallbackView, request)


def _ask(view: Any, request: HttpRequest) -> HttpResponse:
    if not settings.EID["server_url"]:
        raise Http404
    try:
        answer: HttpResponse = view.adapter_view(EidAdapter(request, PROVIDER))(request)
    except (SocialApp.DoesNotExist, OAuth2Error, RequestException, KeyError):
        return _failed(request)
    return answer
