"""The front page: what this is, and the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pathways.web.shell import Shell

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    """What Pathways is; whoever is signed in goes on to their own first page."""
    own = Shell(request).home_url
    if own != "/":
        return redirect(own)
    steps = [
        ("done", "message-2", _("First contact"), _("You meet your counselor")),
        ("done", "signature", _("Contract"), _("You agree on the steps")),
        ("here", "language", _("Lessons"), _("The language and how life works here")),
        ("next", "briefcase", _("Work"), _("You look for a job or a course")),
        ("later", "certificate", _("Certificate"), _("Anyone can check that it is real")),
    ]
    stops = [{"state": state, "icon": icon, "title": title, "lines": [line]} for state, icon, title, line in steps]
    return render(request, "public/home.html", {"stops": stops})
