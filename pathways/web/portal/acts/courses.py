"""Choosing a course: what fits, one offer and its choice, a place that is offered, or why nothing fits."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.errors import CaseError
from pathways.courses import actions
from pathways.courses.actions import Needs
from pathways.courses.errors import CourseFull
from pathways.courses.models import CourseWish, Enrolment
from pathways.courses.queries import components_to_follow, enrolments_of_case, matching_by_component
from pathways.web.portal.acts.course_words import (
    NEEDS,
    WHY_NOT,
    OfferLine,
    component_title,
    mine_line,
    offer_line,
)
from pathways.web.portal.acts.shared import refusal
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathways.courses.queries import Match

SHOWN = 5
FOLLOWING = frozenset({"obliged", "entitled", "postponed"})
MINE = ("trial", "enrolled", "waiting", "completed")


class NeedsForm(forms.Form):
    """What somebody needs in order to come."""

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What do you need?"),
        choices=list(NEEDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    @property
    def chosen(self) -> Needs:
        """What was ticked."""
        self.is_valid()
        return Needs(**dict.fromkeys(self.cleaned_data.get("needs", []), True))


class NoneFitsForm(forms.Form):
    """What stands in the way of all offers."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Why does no course fit?"),
        choices=[(code.value, label) for code, label in WHY_NOT.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Tick at least one reason.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Tell us more"),
        help_text=gettext_lazy("You can write in your own language."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """A part to follow: the offers that fit best, how many there are, and what the person has said about them."""

    code: str
    title: str
    offers: list[OfferLine]
    more: int
    wish: CourseWish | None


@require_safe
@portal_page
def courses(request: PortalRequest) -> HttpResponse:
    """The person's courses, and for each part without one the offers that fit."""
    case, words, needs = request.case, PlainWords(), NeedsForm(request.GET)
    wanted = wanted_parts(request)
    matches = matching_by_component(case, wanted, request.today, needs=needs.chosen)
    wishes = {one.component: one for one in case.course_wishes.order_by("pk")}
    mine = [one for one in enrolments_of_case(case) if one.state in MINE]
    everything = request.GET.get("all", "")
    context = {
        "mine": [mine_line(one, words) for one in mine],
        "groups": [_group(code, matches[code], wishes.get(code), words, everything) for code in wanted],
        "needs_form": needs,
    }
    return render(request, "portal/acts/courses.html", context)


def wanted_parts(request: PortalRequest) -> tuple[str, ...]:
    """The parts for which the person can choose a course now."""
    decision = getattr(request.case, "decision", None)
    if request.case.closed_on or decision is None or decision.outcome not in FOLLOWING:
        return ()
    return components_to_follow(request.case)


def _group(code: str, matches: Iterable[Match], wish: CourseWish | None, words: PlainWords, everything: str) -> Group:
    suiting = [match for match in matches if match.suits]
    shown = suiting if everything == code else suiting[:SHOWN]
    offers = [offer_line(match, words) for match in shown]
    return Group(code, component_title(code, words), offers, len(suiting) - len(shown), wish)


@portal_page
def course_choose(request: PortalRequest, course: uuid.UUID) -> HttpResponse:
    """One offer that fits, and the choice of it: a place, or the waiting list."""
    case, wanted = request.case, wanted_parts(request)
    form = NeedsForm(
        request.POST if request.method == "POST" else None, initial={"needs": request.GET.getlist("needs")}
    )
    found = matching_by_component(case, wanted, request.today, needs=form.chosen if form.is_bound else None)
    match = next((one for code in wanted for one in found[code] if one.course.public_id == course and one.suits), None)
    if match is None:
        if case.enrolments.filter(course__public_id=course).exists():  # it has been chosen already
            return redirect("portal:courses")
        raise Http404
    if request.method == "POST" and form.is_valid() and _chosen(request, match, form):
        return redirect("portal:courses")
    context = {"line": offer_line(match, PlainWords()), "form": form}
    return render(request, "portal/acts/course_choose.html", context, status=422 if form.errors else 200)


def _chosen(request: PortalRequest, match: Match, form: NeedsForm) -> bool:
    """Whether the person is in the course now, or waits for it."""
    wait = "wait" in request.POST
    try:
        made = actions.choose_course(
            actor=request.user, case=request.case, course=match.course, needs=form.chosen, wait=wait, on=request.today
        )
    except CourseFull as error:
        match.course.free = 0  # type: ignore[attr-defined]  # so that the page offers the waiting list
        form.add_error(None, refusal(error))
        return False
    except CaseError:
        form.add_error(None, _("You have another lesson at the same time. Choose another course."))
        return False
    waits = made.state == Enrolment.State.WAITING
    messages.success(request, _("You are on the waiting list.") if waits else _("You are in this course."))
    return True


@require_POST
@portal_page
def course_place(request: PortalRequest, enrolment: uuid.UUID) -> HttpResponse:
    """Takes the place that is offered, or leaves it to somebody else."""
    found = get_object_or_404(Enrolment, public_id=enrolment, case=request.case)
    try:
        if "take" in request.POST:
            actions.accept_place(actor=request.user, enrolment=found, on=request.today)
            messages.success(request, _("You are in this course."))
        elif "leave" in request.POST and found.state == Enrolment.State.WAITING:
            reason = Enrolment.EndReason.DECLINED
            actions.stop_enrolment(actor=request.user, enrolment=found, reason=reason, on=request.today)
            messages.success(request, _("You are no longer on the waiting list."))
    except CaseError as error:
        messages.error(request, refusal(error))
    return redirect("portal:courses")


@portal_page
def course_none(request: PortalRequest, component: str) -> HttpResponse:
    """Says why no offer fits; the office answers."""
    if component not in wanted_parts(request):
        raise Http404
    wish = request.case.course_wishes.filter(component=component, answered_on__isnull=True).first()
    initial: dict[str, Any] = {"reasons": wish.reasons, "note": wish.note} if wish else {}
    form = NoneFitsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_none_fits(
                actor=request.user, case=request.case, component=component, on=request.today, **form.cleaned_data
            )
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("We have received it. Your office looks for another course."))
            return redirect("portal:courses")
    context = {"title": component_title(component, PlainWords()), "form": form}
    return render(request, "portal/acts/course_none.html", context, status=422 if form.errors else 200)
