"""Errors as `application/problem+json` (RFC 9457), each fault with a JSON pointer (RFC 6901) into the request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, renderers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from pathways.rules import Problem


class ProblemRenderer(renderers.JSONRenderer):
    """JSON under the media type of problem documents."""

    media_type = "application/problem+json"


class Invalid(exceptions.APIException):
    """The request holds faults; all of them are told at once."""

    status_code = 400
    default_code = "invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the faults with their places."""
        self.problems = tuple(problems)
        super().__init__(_("Some values cannot be read."))


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the same errors, written as a problem document."""
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = _("There is no such thing.") if isinstance(error, Http404) else str(getattr(error, "detail", error))
    body: dict[str, Any] = {"type": "about:blank", "title": detail, "status": response.status_code}
    if isinstance(error, Invalid):
        body["errors"] = [{"pointer": one.pointer, "code": one.code, "detail": one.message} for one in error.problems]
    elif isinstance(error, exceptions.ParseError):
        body["errors"] = [{"pointer": "", "code": "not_json", "detail": detail}]
    response.data = body
    response.content_type = ProblemRenderer.media_type
    return response
