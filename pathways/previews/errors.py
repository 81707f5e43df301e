"""Why no preview can be made; the text is a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class PreviewRefused(Exception):  # noqa: N818  named by what it is
    """`code` is kept with a preview that failed: faulty, overlaps, published, nothing_published, interrupted."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return failure_sentence(self.code)


def failure_sentence(code: str) -> str:
    """What to tell about a failure of that code."""
    sentences = {
        "faulty": _("The rule set has faults. Mend them first, then look at what it does."),
        "overlaps": _("Another version of this line begins on the same day or later. Publication would be refused."),
        "published": _("This rule set is published already. Its effects are in the cases."),
        "nothing_published": _("No rule set is published yet, so there is nothing to compare with."),
    }
    return sentences.get(
        code, _("The preview stopped because of an error. Start it again; if it stops again, tell the administrator.")
    )
