"""Icons as inline SVG. Their shapes (`icons.json`) come from `@tabler/icons`, MIT, see `icons.LICENSE`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@cache
def shapes() -> dict[str, str]:
    """The markup inside each icon's `<svg>`, by name."""
    found: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text(encoding="utf-8"))
    return found


@cache
def draw_icon(name: str, *, label: str = "", flip: bool = False) -> SafeString:
    """One icon, hidden from screen readers unless it has a `label`; `flip` mirrors it in right-to-left text.

    Raises KeyError for a name that is not in `scripts/frontend/icons.txt`.
    """
    if name not in shapes():
        raise KeyError(f"No icon {name!r}: add it to scripts/frontend/icons.txt and run the front-end build.")
    return format_html(
        '<svg class="pw-i{}" viewBox="0 0 24 24" {}>{}</svg>',
        " pw-flip" if flip else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        mark_safe(shapes()[name]),  # noqa: S308  our own file, made from a locked package
    )
