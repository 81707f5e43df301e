"""Words explained on touch: `{% load glossary %}`, `{% term "duty" %}`, `{{ text|explain }}`. They work without scripts."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pathways.web.glossary import TERMS, pattern_in, words_in
from pathways.web.languages import current

register = template.Library()


@register.simple_tag
def term(code: str, word: str = "") -> SafeString:
    """A word of the glossary as a button that shows its meaning; `word` where the sentence needs another form of it."""
    found = TERMS[code]
    place = f"term-{code}-{secrets.token_hex(3)}"
    return format_html(
        '<button type="button" class="pw-term" popovertarget="{0}">{1}</button>'
        '<span id="{0}" class="pw-meaning" popover><b>{2}</b> {3}</span>',
        place,
        word or found.word,
        found.word,
        found.meaning,
    )


@register.filter
def explain(text: str) -> SafeString:
    """A text in which the first word that the glossary knows can be touched."""
    language = current()
    found = pattern_in(language).search(str(text))
    if found is None:
        return escape(text)
    before, after = str(text)[: found.start()], str(text)[found.end() :]
    code = words_in(language)[found[0].lower()]
    return mark_safe(escape(before) + term(code, found[0]) + escape(after))  # noqa: S308  # all three parts are escaped
