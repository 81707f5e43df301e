"""What holds for every request: the reader's language, and that a GET writes nothing but the view log."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils import translation

from pathways.web.languages import language_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_WRITE = re.compile(
    r"""(?<!FOR\ )(?<!KEY\ )(?<!DO\ )  # SELECT … FOR [NO KEY] UPDATE locks; ON CONFLICT DO UPDATE follows its INSERT
    \b(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY)
    \s+"?(?P<table>[a-z_][a-z0-9_]*)""",
    re.IGNORECASE | re.VERBOSE,
)
FROM_PROVIDER = ("/my/eid/back/", "/accounts/oidc/")
"""Where a browser comes back from an OpenID Connect provider: it signs in by a GET, as the protocol has it."""
_ALLOWED = re.compile(r"(audit_viewentry|django_session|account_\w+|mfa_\w+|socialaccount_\w+)\Z")


class GetWroteError(RuntimeError):
    """A page that is only looked at tried to change something."""


def forbidden_write(statement: str) -> str:
    """The table that a statement would write and a GET may not; "" where there is none."""
    written = (found["table"].lower() for found in _WRITE.finditer(statement))
    return next((table for table in written if not _ALLOWED.match(table)), "")


def _refuse_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if table := forbidden_write(str(sql)):
        raise GetWroteError(f"A GET may not write to {table}: use a POST.")
    return execute(sql, params, many, context)


def get_writes_nothing(get_response: Answer) -> Answer:
    """Refuse writes while a GET is answered; the view log, the session and sign-in's own tables excepted."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS or request.path.startswith(FROM_PROVIDER):
            return get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return get_response(request)

    return answer


def language_of_reader(get_response: Answer) -> Answer:
    """Answer in the language that the reader chose (a user's holds on every device) or else their browser asks for.

    Pages of staff speak the four languages of the regions; somebody who reads in another one gets them in English.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        translation.activate(language_for(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        return get_response(request)

    return answer
