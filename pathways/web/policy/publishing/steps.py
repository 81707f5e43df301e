"""The steps of a version's way into force, each as the page shows it: done, to do, or waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pathways.publishing.gates import Gate, Gates
from pathways.publishing.models import Publication
from pathways.publishing.queries import Written, written_by
from pathways.web.dates import long_date
from pathways.web.names import outcome_word
from pathways.web.policy.gates import reading_language

if TYPE_CHECKING:
    import datetime as dt

    from pathways.programmes.models import RuleSet

Mark = Literal["done", "bad", "open"]
State = Publication.State


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `faults` is what is still to do, `href` where."""

    title: str
    mark: Mark
    text: str
    faults: tuple[str, ...] = ()
    href: str = ""


def draft_steps(rule_set: RuleSet, gates: Gates) -> list[Step]:
    """The steps of a draft: what its gates say, and that another person will be asked."""
    written = written_by(rule_set)
    steps = [_written(rule_set, gates, written)]
    if (facts := gates.gate("facts")) and not facts.passed:
        steps.append(_step(_("Own facts"), facts, reverse("policy:section", args=[rule_set.code, "facts"])))
    if gates.gate("examples"):
        steps.append(_examples(rule_set, gates))
    if preview := gates.gate("preview"):
        steps.append(_step(_("Preview"), preview, reverse("policy:preview", args=[rule_set.code])))
    others = ", ".join(written.people)
    text = _("not %(names)s") % {"names": others} if others else _("whoever did not write it")
    return [*steps, Step(_("Second person"), "open", text)]


def _written(rule_set: RuleSet, gates: Gates, written: Written) -> Step:
    form = gates.gate("form")
    home = reverse("policy:rule_set", args=[rule_set.code])
    if form and not form.passed:
        return Step(_("Written"), "bad", form.summary, form.faults, home)
    if written.edit is None:
        return Step(_("Written"), "done", _("complete"))
    return Step(_("Written"), "done", _signed(written.people[0] if written.people else "", written.edit.at))


def _examples(rule_set: RuleSet, gates: Gates) -> Step:
    """Examples and the outcomes they reach are one step: both are mended in the same place."""
    examples, outcomes = gates.gate("examples"), gates.gate("outcomes")
    assert examples is not None
    href = reverse("policy:examples", args=[rule_set.code])
    if examples.passed and outcomes and not outcomes.passed:
        missing = tuple(_("No example for: %(outcome)s") % {"outcome": outcome_word(one)} for one in outcomes.faults)
        return Step(_("Examples"), "bad", outcomes.summary, missing, href)
    return _step(_("Examples"), examples, href)


def _step(title: str, gate: Gate, href: str) -> Step:
    return Step(title, "done" if gate.passed else "bad", gate.summary, gate.faults, href)


def publication_steps(publication: Publication) -> list[Step]:
    """The steps of a version that was proposed: who did what, and when."""
    asked = publication.approved_by is None
    second = (
        Step(_("Second person"), "open", _("not %(names)s") % {"names": ", ".join(_authors(publication))})
        if asked
        else Step(_("Second person"), "done", _signed(str(publication.approved_by), publication.approved_at))
    )
    return [
        Step(_("Proposed"), "done", _signed(str(publication.proposed_by), publication.proposed_at)),
        second,
        _day(publication),
        _cases(publication),
    ]


def _authors(publication: Publication) -> list[str]:
    people = dict.fromkeys([str(publication.proposed_by), *written_by(publication.rule_set).people])
    return list(people)


def _day(publication: Publication) -> Step:
    title = _("In force")
    if publication.starts_on is None:
        return Step(title, "open", _("no day set yet"))
    day = long_date(publication.starts_on, language=reading_language())
    if publication.switched_at:
        return Step(title, "done", _("since %(day)s") % {"day": day})
    return Step(title, "open", _("on %(day)s, by itself") % {"day": day})


def _cases(publication: Publication) -> Step:
    title = _("Cases")
    if publication.finished_at:
        return Step(title, "done", _("all follow"))
    if publication.state == State.FOLLOWING:
        numbers = {"done": publication.cases_done, "all": publication.cases_total}
        return Step(
            title, "open", _("%(done)d of %(all)d follow") % numbers if publication.staged else _("being listed")
        )
    return Step(title, "open", _("follow on that day"))


def _signed(name: str, at: dt.datetime | None) -> str:
    """Who did it, and on which day."""
    day = long_date(localtime(at).date(), language=reading_language()) if at else ""
    return ", ".join(filter(None, [name, day]))
