"""Users, organisations and memberships, for administrators. Changes go through the journal (`Page`)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.actions import create_user
from accounts.administration import Inline, Page
from accounts.models import Membership, Organisation, User
from pathways.base.clock import today


class Memberships(Inline):
    """The roles of a user over time; end one by its last date, what was held stays on record."""

    model = Membership
    autocomplete_fields = ("organisation",)


@admin.register(User)
class UserAdmin(Page):
    """Users. A new one signs in with a code by e-mail, and may set a password then."""

    list_display = ("email", "full_name", "language", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("email", "full_name")
    fields = ("email", "full_name", "language", "is_active")
    inlines = (Memberships,)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new user is active."""
        return super().get_fields(request, obj) if obj else ["email", "full_name", "language"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address is how others know the user; a new address is a new user."""
        return ["email"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new user is made by the action, which confirms the address and writes the journal."""
        if change:
            super().save_model(request, obj, form, change)
            return
        actor = request.user if request.user.is_authenticated else None
        made = create_user(actor=actor, email=obj.email, full_name=obj.full_name, language=obj.language, on=today())
        obj.pk, obj.public_id, obj.password, obj.email = made.pk, made.public_id, made.password, made.email
        obj._state.adding = False


@admin.register(Organisation)
class OrganisationAdmin(Page):
    """Organisations."""

    list_display = ("code", "name", "kind")
    list_filter = ("kind",)
    search_fields = ("code", "name")
