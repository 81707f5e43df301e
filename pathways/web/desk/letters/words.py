"""Letters and jobs in words: what a kind and an act are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.notices import hooks
from pathways.notices.models import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from pathways.notices.models import LetterJob

ACTS: dict[str, Promise] = {
    "approve": gettext_lazy("Approve letters"),
    "send": gettext_lazy("Send letters"),
    "cancel": gettext_lazy("Cancel letters"),
}
CHANNEL_ICONS = {"post": "mail", "registered": "mail-forward", "email": "at"}
TONES = {"draft": "warn", "sending": "warn"}


def kind_title(code: str) -> str:
    """What staff call a letter of this kind; "" where nobody named it."""
    return str(hooks.kind_names().get(code, ""))


def kind_choices() -> list[tuple[str, str]]:
    """The kinds for a filter, by name."""
    return sorted(((code, str(label)) for code, label in hooks.kind_names().items()), key=lambda pair: pair[1])


def job_title(job: LetterJob) -> str:
    """What a job does."""
    return str({**hooks.act_names(), **ACTS}.get(job.act, job.act))


def letter_rows(letters: Iterable[Letter]) -> list[dict[str, Any]]:
    """Lines of the queue: the letter, its kind and way in words, and whether a person must say what became of it."""
    return [
        {
            "letter": letter,
            "kind": kind_title(letter.kind) or letter.title,
            "icon": CHANNEL_ICONS[letter.channel],
            "tone": TONES.get(letter.state, ""),
            "doubtful": is_doubtful(letter),
            "number_missing": letter.channel == Letter.Channel.REGISTERED
            and letter.state == Letter.State.SENT
            and not letter.registered_number,
        }
        for letter in letters
    ]


def is_doubtful(letter: Letter) -> bool:
    """Whether nobody knows if the letter left: it is claimed, and no worker is at it any more."""
    return letter.state == Letter.State.SENDING and (letter.job is None or not letter.job.under_way)


def job_rows(jobs: Iterable[LetterJob]) -> list[dict[str, Any]]:
    """Lines of the work on many letters."""
    return [{"job": job, "title": job_title(job), "by": job.requested_by or _("Pathways")} for job in jobs]
