"""What happened to a case, each event in words, with the part of them a reader asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathways.cases.actions import CloseReason
from pathways.cases.deciding import rule_set_by_id
from pathways.cases.letters.writing import INVITATION
from pathways.cases.models import Case, CaseDocument, Note
from pathways.cases.queries import Event
from pathways.cases.values import from_json
from pathways.notices.hooks import kind_names
from pathways.programmes.models import Region
from pathways.rules import STORED_FACTS
from pathways.web.desk.told import TOLD
from pathways.web.desk.words import Words
from pathways.web.names import outcome_word, programme_title
from pathways.web.wording import OUTCOMES

SHOWN_AT_FIRST = 15
MOST_FACTS_NAMED = 4
FILTERS = {
    "": gettext_lazy("All"),
    "decisions": gettext_lazy("Decisions"),
    "contacts": gettext_lazy("Contacts"),
}
CAUSES = {
    "first": gettext_lazy("The case was decided for the first time."),
    "nightly": gettext_lazy("A day in the rules came."),
    "opened": gettext_lazy("The case was opened."),
    "facts": gettext_lazy("A fact was recorded."),
    "programme": gettext_lazy("The programme was chosen."),
    "membership": gettext_lazy("A state's membership began or ended."),
    "publication": gettext_lazy("A rule set was published."),
}
NOTE_ICONS = {"note": "note", "call": "phone", "visit": "users", "mail": "mail"}
CONTACT_FACTS = frozenset({"notified_on", "office_registered_on"})
INVITED = "cases.record_invitation"
SENT = "notices.send_letter"
CONTACT_ACTS = frozenset({INVITED, SENT, "correspondence.write_person", "correspondence.write_office"})
ACT_ICONS = {
    INVITED: "mail",
    "cases.follow_region": "map-pin",
    "cases.choose_programme": "route",
    "cases.assign_counselor": "user-check",
    "cases.assign_office": "building",
    "cases.close_case": "lock",
}
"""Acts with a line of their own; the letter of an invitation is linked from its act."""


def timeline_filters(chosen: str) -> list[dict[str, Any]]:
    """The links that choose a part of the timeline."""
    return [
        {"label": label, "href": f"?show={code}#timeline" if code else "?#timeline", "current": code == chosen}
        for code, label in FILTERS.items()
    ]


def timeline(case: Case, events: Iterable[Event], words: Words, *, chosen: str) -> list[dict[str, Any]]:
    """The events of the chosen part, as the timeline component draws them."""
    listed = list(events)
    letters = _letters(listed)
    changed = {event.id for event in decisions_that_changed(event for event in listed if event.kind == "decision")}
    return [
        {"day": event.on, **_DRAWN[event.kind](case, event, words), **_letter_link(case, letters.get(event.id), event)}
        for event in listed
        if _is_chosen(event, chosen) and _is_news(event, changed)
    ]


def _letters(events: list[Event]) -> dict[int, Event]:
    """The letter of each act of inviting, by the number of the act: both are told in the order of writing."""
    acts = [event for event in events if event.kind == "act" and event.data["act"] == INVITED]
    papers = [event for event in events if _is_invitation(event)]
    in_order = sorted(acts, key=lambda event: event.id), sorted(papers, key=lambda event: event.id)
    return {act.id: paper for act, paper in zip(*in_order, strict=False)}


def _is_invitation(event: Event) -> bool:
    return event.kind == "document" and bool(event.data["kind"] == CaseDocument.Kind.INVITATION)


def _letter_link(case: Case, paper: Event | None, event: Event) -> dict[str, Any]:
    if paper is None or event.kind != "act":
        return {}
    return {"href": _address(case, paper), "link": paper.data["name"]}


def _address(case: Case, paper: Event) -> str:
    return reverse("desk:document", args=[case.reference, paper.data["public_id"]])


def decisions_that_changed(decisions: Iterable[Event]) -> list[Event]:
    """Without those that only confirm, under the same rule, what was decided before; newest first, as given."""
    kept: list[Event] = []
    for event in reversed(list(decisions)):
        if not kept or _decided(kept[-1]) != _decided(event):
            kept.append(event)
    return kept[::-1]


def _decided(event: Event) -> tuple[Any, ...]:
    return tuple(event.data[name] for name in ("outcome", "rule", "duty_rule_set", "trajectory_rule_set", "missing"))


def _is_news(event: Event, changed: set[int]) -> bool:
    """Whether an event has a line: what is seen elsewhere or changes nothing has none."""
    if event.kind == "decision":
        return event.id in changed
    if event.kind == "act":
        invited = event.data["act"] == SENT and event.data["details"].get("kind") == INVITATION  # told by its own act
        return not invited and (event.data["act"] in ACT_ICONS or event.data["act"] in TOLD)
    return not _is_invitation(event)


def _is_chosen(event: Event, chosen: str) -> bool:
    if chosen == "decisions":
        return event.kind == "decision"
    if chosen == "contacts":
        return _is_contact(event)
    return True


def _is_contact(event: Event) -> bool:
    """Whether the office and the person met, spoke or wrote."""
    if event.kind == "facts":
        return bool(CONTACT_FACTS & event.data["changes"].keys()) and not event.data["first"]
    if event.kind == "note":
        return bool(event.data["kind"] != Note.Kind.NOTE)
    return event.kind == "act" and event.data["act"] in CONTACT_ACTS


def decision_reason(event: Event, words: Words) -> str:
    """Why a decision was made then, and by which rule."""
    rule_set = rule_set_by_id(event.data["duty_rule_set"])
    rule = words.rule(rule_set, event.data["rule"])
    missing = [words.fact(name) for name in event.data["missing"] or ()]
    asked = _("Not known: %(facts)s.") % {"facts": ", ".join(missing)} if missing else ""
    none = _("No rule set was in force.") if rule_set is None else ""
    said = _("Rule %(rule)s.") % {"rule": rule} if rule else ""
    return " ".join(filter(None, [str(CAUSES.get(event.data["cause"], "")), said, asked, none]))


def _decision(case: Case, event: Event, words: Words) -> dict[str, Any]:
    rule_set = rule_set_by_id(event.data["duty_rule_set"])
    outcome = event.data["outcome"]
    return {
        "title": _("Decision: %(outcome)s") % {"outcome": outcome_word(outcome).lower()},
        "text": decision_reason(event, words),
        "icon": OUTCOMES[outcome].icon,
        "decision": True,
        "href": f"{reverse('desk:why', args=[case.reference])}?as_of={event.on.isoformat()}",
        "link": rule_set.code if rule_set else _("why?"),
    }


def _facts(_case: Case, event: Event, words: Words) -> dict[str, Any]:
    changes = event.data["changes"]
    origin = ", ".join(filter(None, [words.source(event.data["source"]), event.data["evidence"], event.by]))
    icon = "map-pin" if CONTACT_FACTS & changes.keys() else "pencil"
    if event.data["first"]:
        number = len(changes)
        title = ngettext("Case opened with %(number)d fact", "Case opened with %(number)d facts", number)
        return {"title": title % {"number": number}, "text": origin, "icon": "user-plus"}
    shown = {name: change for name, change in changes.items() if name not in _DERIVED} or changes
    if len(shown) > 1:
        labels = [words.fact(name) for name in shown]
        more = _(" and %(number)d more") % {"number": len(labels) - MOST_FACTS_NAMED}
        named = ", ".join(labels[:MOST_FACTS_NAMED]) + (more if len(labels) > MOST_FACTS_NAMED else "")
        title = _("%(number)d facts recorded") % {"number": len(shown)}
        return {"title": title, "text": f"{named}. {origin}", "icon": icon}
    ((name, (old, new)),) = shown.items()
    before = _("Before: %(value)s.") % {"value": _value(name, old, words)} if old is not None else ""
    value = _value(name, new, words) if new is not None else _("no longer known")
    return {"title": f"{words.fact(name)}: {value}", "text": f"{before} {origin}".strip(), "icon": icon}


_DERIVED = frozenset(name for name, fact in STORED_FACTS.items() if fact.derived)


def _value(name: str, value: Any, words: Words) -> str:
    return words.value(name, from_json(name, value) if name in STORED_FACTS else value)


def _note(_case: Case, event: Event, _words: Words) -> dict[str, Any]:
    kind = event.data["kind"]
    return {"title": Note.Kind(kind).label, "text": f"{event.data['text']} – {event.by}", "icon": NOTE_ICONS[kind]}


def _document(case: Case, event: Event, _words: Words) -> dict[str, Any]:
    return {
        "title": CaseDocument.Kind(event.data["kind"]).label,
        "text": event.by,
        "icon": "file-text",
        "href": _address(case, event),
        "link": event.data["name"],
    }


def _act(_case: Case, event: Event, words: Words) -> dict[str, Any]:
    act, details = event.data["act"], event.data["details"]
    if told := TOLD.get(act):
        detail = str(details.get(told.detail, ""))
        said = [str(kind_names().get(detail, "")) if told.detail == "kind" else detail, event.by]
        return {"title": told.title, "text": ", ".join(filter(None, said)), "icon": told.icon}
    title, text = {
        INVITED: (_("Invitation sent"), ""),
        "cases.follow_region": (_("Moved to another region"), Region(details["region"]).label)
        if "region" in details
        else ("", ""),
        "cases.choose_programme": (_("Programme chosen"), programme_title(details.get("programme"), words.language)),
        "cases.assign_counselor": (
            _("Given to a counselor") if details.get("counselor") else _("Taken from the counselor"),
            "",
        ),
        "cases.assign_office": (_("Given to another office"), details.get("name") or details.get("office", "")),
        "cases.close_case": (_("Case closed"), _close_reason(details.get("reason", ""))),
    }[act]
    return {"title": title, "text": ", ".join(filter(None, [str(text), event.by])), "icon": ACT_ICONS[act]}


def _close_reason(code: str) -> str:
    return str(CloseReason(code).label) if code in CloseReason.values else code


_DRAWN = {"decision": _decision, "facts": _facts, "note": _note, "document": _document, "act": _act}
