"""A user's saved views of the case list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.models import SavedView

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_NAME = 60
LONGEST_QUERY = 1000


def save_view(*, actor: User, name: str, query: str, on: dt.date) -> SavedView:
    """Keep the filter of the case list under a name; the same name again replaces it."""
    name, query = name.strip(), query.lstrip("?")
    if not name or len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise ActRefused(_("Give the view a name of at most 60 characters."))
    with transaction.atomic():
        view, _created = SavedView.objects.update_or_create(user=actor, name=name, defaults={"query": query})
        record_act(actor=actor, act="cases.save_view", subject=name, details={"on": str(on)})
    return view


def delete_view(*, actor: User, view: SavedView, on: dt.date) -> None:
    """Forget one of the actor's own views."""
    if view.user_id != actor.pk:
        raise ActRefused(_("This view belongs to somebody else."))
    with transaction.atomic():
        SavedView.objects.filter(pk=view.pk).delete()
        record_act(actor=actor, act="cases.delete_view", subject=view.name, details={"on": str(on)})
