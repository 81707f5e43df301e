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
    stops = [
        {"state": "done", "icon": "message-2", "title": _("First contact"), "lines": [_("You meet your counselor")]},
        {"state": "done", "icon": "signature", "title": _("Contract"), "lines": [_("You agree on the steps")]},
        {"state": "here", "icon": "language", "title": _("Lessons"), "lines": [_("The language and how life works here")]},
        {"state": "next", "icon": "briefcase", "title": _("Work"), "lines": [_("You look for a job or a course")]},
        {"state": "later", "icon": "certificate", "title": _("Certificate"), "lines": [_("Anyone can check that it is real")]},
    ]
    return render(request, "public/home.html", {"stops": stops})
