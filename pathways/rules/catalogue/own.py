"""Own facts: those an administrator adds to a programme; a rule set that uses one carries its definition.

Their names begin with `own_`; their values lie in one JSON column, `own`, under these names.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pathways.rules.catalogue.fact import Fact, FactType, Recorder
from pathways.rules.texts import LANGUAGES, texts

Own = Mapping[str, Fact]
"""Own facts by name."""

NO_OWN: Own = MappingProxyType({})
OWN_PREFIX = "own_"
OWN_TYPES: tuple[FactType, ...] = ("bool", "int", "date", "choice")


def is_own(name: str) -> bool:
    """Whether a name is that of an own fact, defined or not."""
    return name.startswith(OWN_PREFIX)


def own_fact(
    code: str,
    type_: FactType,
    labels: Mapping[str, str],
    *,
    choices: Mapping[str, Mapping[str, str]] | None = None,
    blank: str = "unknown",
    recorded_by: Recorder = "counselor",
) -> Fact:
    """The fact `own_<code>`; `choices` are labels by code.

    A `blank` of `default` means no, none (0), never, or the first choice.
    """
    labelled = {choice: _texts(label) for choice, label in (choices or {}).items()}
    defaults: Mapping[str, bool | int | str | None] = {"bool": False, "int": 0, "choice": next(iter(labelled), None)}
    return Fact(
        name=f"{OWN_PREFIX}{code}",
        type=type_,
        group="own",
        labels=_texts(labels),
        blank="unknown" if blank == "unknown" else "default",
        default=None if blank == "unknown" else defaults.get(type_),
        choices=tuple(labelled),
        choice_labels=labelled,
        recorded_by=recorded_by,
    )


def _texts(words: Mapping[str, str]) -> Mapping[str, str]:
    """The four languages, and English for a reader of a further one."""
    return texts(*(words[language] for language in LANGUAGES))
