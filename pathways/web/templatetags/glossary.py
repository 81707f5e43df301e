"""Words explained on touch: `{% load glossary %}`, `{% explained %}…{% endexplained %}` around a page, `{% term "duty" %}`.

They work without scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pathways.web.explaining import Explainer
from pathways.web.glossary import TERMS
from pathways.web.languages import current

if TYPE_CHECKING:
    from django.template.base import NodeList, Parser, Token
    from django.utils.functional import _StrPromise as StrPromise

register = template.Library()


@register.simple_tag
def term(code: str) -> SafeString:
    """A word of the glossary as a button that shows its meaning, which stands beside it."""
    return touch(code, TERMS[code].word) + meaning(code)


def touch(code: str, word: SafeString | StrPromise) -> SafeString:
    """A word as a button; its meaning must stand on the page once."""
    return format_html('<button type="button" class="pw-term" popovertarget="term-{}">{}</button>', code, word)


@register.simple_tag
def meaning(code: str) -> SafeString:
    """What a word means, shown when its button is touched; by a browser that knows no popovers, where it stands."""
    found = TERMS[code]
    return format_html(
        '<span id="term-{}" class="pw-meaning" popover><b>{}</b> {}</span>', code, found.word, found.meaning
    )


class ExplainedNode(template.Node):
    """A page whose words are explained."""

    def __init__(self, nodelist: NodeList) -> None:
        """`nodelist`: what stands in between."""
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """What stands in between, each word of the glossary touchable once, and those of its headings at the foot."""
        page = Explainer(current(), lambda code, word: touch(code, mark_safe(word)))  # noqa: S308  # it stood on the page
        made = page.explain(self.nodelist.render(context))
        if page.touched or page.named:
            made += render_to_string("components/_words.html", {"touched": page.touched, "named": page.named})
        return mark_safe(made)  # noqa: S308  # a rendered template, and parts that are escaped


@register.tag
def explained(parser: Parser, token: Token) -> ExplainedNode:
    """Explains the words of the law that stand in between."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist)
