"""The parts of a page, as tags: `{% load pw %}`. Each is shown on the style guide and listed in `docs/components.md`.

A tag fills the template of the same name in `templates/components/`; what it needs is its arguments, nothing is taken
from the page around it but the language.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_language_bidi

from pathways.web import dates, wording
from pathways.web.icons import draw_icon
from pathways.web.sending import FIELD, new_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page
    from django.forms import BoundField

register = template.Library()


def _language() -> str:
    return get_language() or "en"


@register.simple_tag
def icon(name: str, label: str = "", *, flip: bool = False) -> SafeString:
    """An outline icon, e.g. `{% icon "gavel" %}`; `label` if it stands alone, `flip=True` for arrows and chevrons."""
    return draw_icon(name, label=str(label), flip=flip)


@register.simple_tag
def idempotency() -> SafeString:
    """Inside a form: the hidden token that makes sending it twice do its work once (`pathways.web.sending`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_token())


@register.filter
def day(value: dt.date | None) -> str:
    """A date in full: "12 March 2026"; a dash for none."""
    return dates.long_date(value, language=_language()) if value else "–"


@register.filter
def day_named(value: dt.date) -> str:
    """A date in full with its weekday: "Thursday 12 March 2026"."""
    return dates.long_date(value, language=_language(), weekday=True)


@register.filter
def moment(value: dt.datetime) -> str:
    """A day and time in the current time zone: "12 March 2026 14:05"."""
    return dates.moment(localtime(value), language=_language())


@register.filter
def number(value: float) -> str:
    """A number with the separators of the language."""
    return dates.number(value, language=_language())


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name: "LV"."""
    words = [word for word in str(name).replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.inclusion_tag("components/_status.html")
def status(outcome: str, why: str = "", *, large: bool = False, label: str = "") -> dict[str, Any]:
    """The legal status as icon and word; with `why` (an address) it is a link that asks "why?"."""
    sign = wording.OUTCOMES[outcome]
    return {"outcome": outcome, "icon": sign.icon, "label": label or sign.label, "why": why, "large": large}


@register.inclusion_tag("components/_due.html")
def due(day: dt.date | None, on: dt.date, *, empty: str = "", soon: int = 0) -> dict[str, Any]:
    """A deadline in relative words seen from `on`, the date below; `soon` days ahead it is coloured as today is."""
    if day is None:
        return {"day": None, "empty": empty}
    urgency = dates.urgency(day, on=on) or ("today" if (day - on).days <= soon else "")
    words = dates.relative_due(day, on=on, language=_language())
    return {
        "day": day,
        "urgency": urgency,
        "words": words,
        "date": dates.weekday_date(day, on=on, language=_language()),
    }


@register.inclusion_tag("components/_why.html")
def why(href: str, text: str, *, about: str = "") -> dict[str, str]:
    """The dotted link from a legal claim to its explanation; `about` completes its name for screen readers."""
    return {"href": href, "text": text, "about": about}


@register.inclusion_tag("components/_mark.html")
def mark(value: bool | str | None, label: str = "") -> dict[str, Any]:
    """True, false or unknown with its shape; None is unknown."""
    code = wording.truth_code(value)
    return {"code": code, "icon": wording.TRUTH[code].icon, "label": label or wording.TRUTH[code].label}


@register.simple_block_tag
def note(content: str, kind: str, title: str = "", *, level: int = 2) -> SafeString:
    """A call-out around its content: kind `info`, `missing`, `warn`, `bad`, `ok`; `title` is a heading of `level`."""
    sign = wording.NOTES[kind]
    heading = format_html("<h{} class='pw-h'>{}</h{}>", level, title, level) if title else ""
    head = draw_icon(sign.icon) if title else draw_icon(sign.icon, label=str(sign.label))
    return format_html('<div class="pw-note" data-n="{}">{}<div>{}{}</div></div>', kind, head, heading, content)


@register.inclusion_tag("components/_pathway.html")
def pathway(stops: Sequence[dict[str, Any]], *, vertical: bool = False, level: int = 3) -> dict[str, Any]:
    """The pathway line.

    Each stop: `title`, `state` (done, here, next, later, blocked); optional `lines` (texts below), `href`, `icon`,
    `count` (a key number instead of a plain title), `gap` (words on the track after it), `pause` (bool),
    `attention` (one coloured line) with `tone` (`warn` or `bad`), `tag` (a word above the lines: "You are here").
    """
    drawn = [_stop(place, stop) for place, stop in enumerate(stops, start=1)]
    return {"stops": drawn, "vertical": vertical, "heading": f"h{level}"}


def _stop(place: int, stop: dict[str, Any]) -> dict[str, Any]:
    sign = wording.STOPS[stop["state"]]
    blank: dict[str, Any] = {
        "lines": [],
        "href": "",
        "icon": sign.icon,
        "count": None,
        "gap": "",
        "attention": "",
        "tag": "",
    }
    numbered = stop["state"] == "next" and "icon" not in stop
    return {
        **blank,
        "pause": False,
        "tone": "warn",
        **stop,
        "number": place if numbered else None,
        "state_label": sign.label,
    }


@register.inclusion_tag("components/_bar.html")
def bar(attended: float, missed: float, total: float, label: str, *, threshold: int = 80, tall: bool = False,
        tick_label: str = "") -> dict[str, Any]:  # fmt: skip
    """The 80% bar: attended grows from the start, missed from the end; `label` is the full sentence of both."""
    done, rest = (100 * part / total if total else 0 for part in (attended, total - missed))
    places = {"done": done, "rest": rest, "done_x": 0, "rest_x": 0, "tick_x": threshold}
    if get_language_bidi():
        places |= {"done_x": 100 - done, "rest_x": 100 - rest, "tick_x": 100 - threshold}
    texts = {name: f"{value:.6g}" for name, value in places.items()}  # for SVG: never with a decimal comma
    return {**texts, "label": label, "tall": tall, "tick_label": tick_label, "lost": rest < threshold}


@register.inclusion_tag("components/_progress.html")
def progress(value: int, total: int, label: str, text: str = "") -> dict[str, Any]:
    """How far a job is: `label` names the job, `text` says the count in words."""
    return {"value": value, "total": max(total, 1), "label": label, "text": text}


@register.inclusion_tag("components/_empty.html")
def empty(title: str, text: str = "", *, icon: str = "list-search", href: str = "", action: str = "") -> dict[str, str]:
    """What to say where a list is empty, with one thing to do."""
    return {"title": title, "text": text, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("components/_pager.html")
def pager(previous: str = "", next: str = "", text: str = "") -> dict[str, str]:  # the tag's own word
    """Earlier and later pages of a list paged by key; give addresses, "" where there is none."""
    return {"previous": previous, "next": next, "text": text}


@register.inclusion_tag("components/_pager.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any]) -> dict[str, str]:
    """Earlier and later pages of a list paged by number; what else the address says stays."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "text": "",
    }


@register.inclusion_tag("desk/_choose_all.html")
def choose_all(*, checked: bool = False) -> dict[str, bool]:
    """In the heading of a table of choices: the box that chooses all rows (`data-row`) of this page."""
    return {"checked": checked}


@register.inclusion_tag("components/_field.html")
def field(bound: BoundField, *, optional: bool | None = None) -> dict[str, Any]:
    """One form field with its label, help and errors; "optional" is said where it isn't required."""
    choice = getattr(bound.field.widget, "input_type", "")
    many = choice in {"radio", "checkbox"} and hasattr(bound.field, "choices")
    shape = "group" if many else "check" if choice == "checkbox" else "file" if choice == "file" else "plain"
    if many:
        bound.field.widget.attrs["class"] = "form-check-input"
    widget = bound if many else bound.as_widget(attrs={"class": _control_class(bound)})
    said = (not bound.field.required and shape != "check") if optional is None else optional
    return {"field": bound, "shape": shape, "widget": widget, "optional": said}


def _control_class(bound: BoundField) -> str:
    kind = getattr(bound.field.widget, "input_type", "")
    base = {"checkbox": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    given = bound.field.widget.attrs.get("class", "")
    return " ".join(filter(None, [base, given, "is-invalid" if bound.errors else ""]))


@register.inclusion_tag("components/_drop.html")
def drop(bound: BoundField, *, accept: str = "", prompt: str = "") -> dict[str, Any]:
    """A file field as a place to drop a file on; it is the ordinary file input without scripts."""
    attrs: dict[str, str | bool] = {"class": "form-control", **({"accept": accept} if accept else {})}
    return {"field": bound, "widget": bound.as_widget(attrs=attrs), "prompt": prompt}


@register.inclusion_tag("components/_crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """The way here: name and address in turn, the last name without one: `{% crumbs "Cases" url "Nour Haddad" %}`."""
    names = list(parts[0::2])
    links = [*parts[1::2], ""][: len(names)]
    return {"crumbs": list(zip(names, links, strict=True))}


@register.inclusion_tag("components/_segments.html")
def segments(label: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Links of which one is current: each item has `label`, `href` and `current`."""
    return {"label": label, "items": items}


@register.inclusion_tag("components/_timeline.html")
def timeline(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What happened, latest first: `day`, `title`; optional `text`, `icon`, `decision` (bool), `href` with `link`."""
    blank = {"text": "", "icon": "point", "decision": False, "href": "", "link": ""}
    return {"events": [{**blank, **event} for event in events]}


@register.inclusion_tag("components/_avatar.html")
def avatar(name: str, *, large: bool = False) -> dict[str, Any]:
    """The initials of a name in a circle, hidden from screen readers: the name stands beside it."""
    return {"name": name, "large": large}


@register.inclusion_tag("components/_flash.html", takes_context=True)
def flash(context: template.Context) -> dict[str, Any]:
    """Messages for this page (django.contrib.messages), announced by screen readers."""
    tones = {"success": "ok", "warning": "warn", "error": "bad"}
    found = [(tones.get(item.level_tag, "info"), item) for item in context.get("messages") or []]
    return {"flashes": [{"kind": kind, "icon": wording.NOTES[kind].icon, "text": text} for kind, text in found]}
