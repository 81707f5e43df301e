"""The technical admin: open to administrators, who hold that role today; every change is written to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.queries import roles_of
from accounts.roles import Role
from pathways.audit.actions import record_act
from pathways.base.clock import today

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyTabularInline = admin.TabularInline[Any, Any]
else:
    AnyModelAdmin, AnyTabularInline = admin.ModelAdmin, admin.TabularInline


def is_administrator(request: HttpRequest) -> bool:
    """Whether the signed-in user holds the administrator's role today; asked once per request."""
    known: bool | None = getattr(request, "_is_administrator", None)
    if known is None:
        user = request.user
        known = bool(user.is_authenticated and user.is_active and Role.ADMINISTRATOR in roles_of(user, on=today()))
        request._is_administrator = known  # type: ignore[attr-defined]  # kept for this request
    return known


class Site(admin.AdminSite):
    """The admin site; signing in is allauth's, so that second factors and rate limits hold here too."""

    site_header = site_title = "Pathways"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own pages: those that other packages bring know neither our roles nor the journal."""
        if admin_class and issubclass(admin_class, Page):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators only."""
        return is_administrator(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """To the sign-in page; who is signed in without the role goes to their own first page."""
        if request.user.is_authenticated:
            return redirect("start")
        return redirect(
            f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next') or reverse('admin:index')})}"
        )

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out as everywhere, on record."""
        get_adapter(request).logout(request)
        return redirect("home")


class ByAdministrators:
    """Permissions of an admin page: administrators may do what the page offers. Who may delete says so itself."""

    deletable = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators see the page."""
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Administrators look."""
        return is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Administrators add."""
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Administrators change."""
        return is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only where the page allows it."""
        return self.deletable and is_administrator(request)


class Inline(ByAdministrators, AnyTabularInline):
    """Rows inside a page."""

    extra = 0


class Page(ByAdministrators, AnyModelAdmin):
    """A page whose every change goes to the journal: which row, which fields; never their values."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Journal a new row."""
        self._journal(request, "add", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Journal a change."""
        self._journal(request, "change", obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Journal rows that are removed."""
        for obj in queryset:
            self._journal(request, "delete", obj, "")
        return super().log_deletions(request, queryset)

    def _journal(self, request: HttpRequest, verb: str, obj: Model, message: Any) -> None:
        meta = obj._meta
        record_act(
            actor=request.user if request.user.is_authenticated else None,
            act=f"{meta.app_label}.{verb}_{meta.model_name}",
            subject=str(obj.pk),
            details={"fields": message if isinstance(message, list) else []},
        )


class LookOnly(Page):
    """A page that shows and changes nothing."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False
