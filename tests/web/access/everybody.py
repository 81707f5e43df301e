"""Front page, sign-in, choices of language and theme, first page, technical admin."""

from __future__ import annotations

from tests.web.access.table import ROLES, SIGNED_IN, Row, everybody, page

OPEN = frozenset({200, 302})


def _own(*methods: str) -> Row:
    """A page of allauth about one's own account; it may ask for the password again, or have nothing to ask or show."""
    return Row(SIGNED_IN, methods or ("get",), ok=frozenset({200, 302, 403, 404}))


def _door(*methods: str) -> Row:
    """A page of allauth for those who are not in yet; who is in is sent on."""
    return everybody(*(methods or ("get",)), ok=frozenset({200, 302, 405}))


ROWS: dict[str, Row] = {
    "home": everybody(ok=OPEN),
    "healthz": everybody(ok=frozenset({200, 503})),
    "start": page(SIGNED_IN, ok=OPEN),
    "set_language": everybody("post", data={"language": "nl", "next": "/"}, ok=frozenset({302})),
    "choose_language": everybody(),
    "set_theme": everybody("post", data={"theme": "dark", "next": "/"}, ok=frozenset({302})),
    # Sign-in
    "account_login": _door(),
    "account_logout": Row(frozenset(ROLES), ("post",), ok=frozenset({302})),
    "account_signup": _door("get", "post"),
    "account_inactive": _door(),
    "account_request_login_code": _door(),
    "account_confirm_login_code": _door(),
    "account_reset_password": _door(),
    "account_reset_password_done": _door(),
    "account_reset_password_from_key": everybody(arguments=lambda _world: {"uidb36": "1", "key": "a-b"}, ok=OPEN),
    "account_reset_password_from_key_done": _door(),
    "account_confirm_email": everybody(arguments=lambda _world: {"key": "x"}, ok=frozenset({200, 302, 404})),
    "account_email_verification_sent": _door(),
    "mfa_authenticate": _door(),
    "mfa_login_webauthn": everybody(ok=frozenset({200, 302, 403})),
    "socialaccount_signup": _door(),
    "socialaccount_login_cancelled": _door(),
    "socialaccount_login_error": everybody(ok=frozenset({200, 401})),
    "openid_connect_login": everybody(arguments=lambda _world: {"provider_id": "none"}, ok=frozenset({404})),
    "openid_connect_callback": everybody(arguments=lambda _world: {"provider_id": "none"}, ok=frozenset({404})),
    # One's own account
    "account_reauthenticate": _own(),
    "account_email": _own(),
    "account_change_password": _own(),
    "account_set_password": _own(),
    "socialaccount_connections": _own(),
    "mfa_index": _own(),
    "mfa_reauthenticate": _own(),
    "mfa_activate_totp": _own(),
    "mfa_deactivate_totp": _own(),
    "mfa_view_recovery_codes": _own(),
    "mfa_generate_recovery_codes": _own(),
    "mfa_download_recovery_codes": _own(),
    "mfa_list_webauthn": _own(),
    "mfa_add_webauthn": _own(),
    "mfa_reauthenticate_webauthn": _own(),
    "mfa_remove_webauthn": Row(SIGNED_IN, arguments=lambda _world: {"pk": 1}, ok=frozenset({302, 404})),
    "mfa_edit_webauthn": Row(SIGNED_IN, arguments=lambda _world: {"pk": 1}, ok=frozenset({302, 404})),
    # The technical admin sends strangers to its own sign-in, which knows where they belong
    "admin:*": Row(
        frozenset({"administrator"}), ok=OPEN, denied="to the sign-in page", anonymous="to the sign-in page"
    ),
}
