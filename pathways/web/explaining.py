"""Explains the words of the glossary on a page that is made: each once, where it first stands in plain text.

A word that stands only in a heading, a link or a label is not made touchable there: it is handed back, for a line of words
at the foot of the page. Names, codes and what somebody wrote are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum

from pathways.web.glossary import pattern_in

TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
OPENS = re.compile(r"<([a-z][\w-]*)")
LANGUAGE = re.compile(r'\slang="([\w-]+)"')
EXPLAINED = re.compile(r'popovertarget="term-(\w+)')
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "circle", "use", "rect", "line"})


class Reach(IntEnum):
    """What may be done with the text inside an element; what is inside it has at least the reach of its parent."""

    EXPLAIN = 0
    NAME = 1
    LEAVE = 2


NAMES = frozenset({"a", "h1", "h2", "h3", "h4", "label", "legend", "summary", "th", "dt"})
LEFT = frozenset(
    {"button", "script", "style", "textarea", "select", "svg", "bdi", "code", "time", "noscript", "template"}
)
APART = re.compile(r'\s(?:popover|hidden|dir="auto"|role="img"|aria-hidden="true")|class="[^"]*visually-hidden')


class Explainer:
    """Reads one page. `touched` and `named` are the codes made touchable in the text, and those only in its names."""

    def __init__(self, language: str, touch: Callable[[str, str], str]) -> None:
        """`touch(code, word)` answers the word as something that can be touched."""
        self.language, self.touch, self.pattern = language, touch, pattern_in(language)
        self.told: frozenset[str] = frozenset()
        self.touched: list[str] = []
        self.named: list[str] = []
        self.open: list[tuple[str, Reach]] = []

    def explain(self, page: str) -> str:
        """The page with its words made touchable."""
        self.told = frozenset(EXPLAINED.findall(page))
        made = "".join(self._token(one) for one in TOKEN.findall(page))
        self.named = [code for code in dict.fromkeys(self.named) if code not in self.touched and code not in self.told]
        return made

    def _token(self, token: str) -> str:
        if token.startswith("<"):
            self._tag(token)
            return token
        reach = self.open[-1][1] if self.open else Reach.EXPLAIN
        if reach is Reach.EXPLAIN:
            return self.pattern.sub(self._word, token)
        if reach is Reach.NAME:
            self.named.extend(found.lastgroup for found in self.pattern.finditer(token) if found.lastgroup)
        return token

    def _word(self, found: re.Match[str]) -> str:
        code = found.lastgroup or ""
        if code in self.told or code in self.touched:
            return found[0]
        self.touched.append(code)
        return self.touch(code, found[0])

    def _tag(self, tag: str) -> None:
        if tag.startswith("</"):
            name = tag[2:-1].strip()
            places = [place for place, (opened, _reach) in enumerate(self.open) if opened == name]
            if places:  # what was left open inside it ends with it
                del self.open[places[-1] :]
        elif (opens := OPENS.match(tag)) and opens[1] not in VOID and not tag.endswith("/>"):
            within = self.open[-1][1] if self.open else Reach.EXPLAIN
            self.open.append((opens[1], max(within, self._reach(opens[1], tag))))

    def _reach(self, name: str, tag: str) -> Reach:
        language = LANGUAGE.search(tag)
        if name in LEFT or APART.search(tag) or (language and language[1] != self.language):
            return Reach.LEAVE
        return Reach.NAME if name in NAMES else Reach.EXPLAIN
