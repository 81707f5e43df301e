"""The questions in plain words, one for each fact that may decide, those first that mostly leave the fewest others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from pathways.rules import FACTS
from pathways.web.texts import said_later

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from pathways.rules.catalogue import Fact

    Text = _StrPromise | str

UNKNOWN = "?"
"""The answer "I do not know"."""

NEVER = "never"
"""The answer that there is no such date or no end: what it stands for depends on the question (`Question.never`)."""

Kind = Literal["place", "country", "date", "number", "choice"]


@dataclass(frozen=True)
class Option:
    """One answer to choose, with a line that explains it."""

    value: str
    label: Text
    hint: Text = ""


@dataclass(frozen=True)
class Question:
    """How one fact is asked. `short` names it in the list of answers, `why` says what it is good for."""

    name: str
    kind: Kind
    title: Text
    short: Text
    hint: Text = ""
    why: Text = ""
    options: tuple[Option, ...] = ()
    never: Text = ""
    unit: Text = ""


YES_NO = (Option("yes", _("Yes")), Option("no", _("No")))
_FREES = _("Some regions free you from the programme for this reason.")
_PAPER = _("Other rules apply to other kinds of stay.")
_DATES = _("The rules have changed over the years. Your date decides which ones apply.")


def _yes_no(name: str, title: Text, short: Text, *, why: Text, hint: Text = "") -> Question:
    return Question(name, "choice", title, short, hint=hint, why=why, options=YES_NO)


def _months(name: str, title: Text, short: Text, *, why: Text, never: Text, hint: Text = "") -> Question:
    return Question(name, "number", title, short, hint=hint, why=why, never=never, unit=_("months"))


_ASKED = (
    Question(
        "municipality",
        "place",
        _("Where do you live in Belgium?"),
        _("Your home"),
        hint=_("Type the name or the postal code of your town."),
        why=_("Each region of Belgium has its own programme and its own rules."),
        never=_("I do not live in Belgium yet"),
    ),
    Question(
        "nationality",
        "country",
        _("What is your nationality?"),
        _("Nationality"),
        hint=_("Do you have two? Choose the Belgian or the European one."),
        why=_("Citizens of Belgium and of the European Union follow other rules."),
    ),
    Question(
        "asylum_status",
        "choice",
        _("Did you ask for asylum in Belgium?"),
        _("Asylum"),
        why=_("While you wait for the decision, other rules apply."),
        options=(
            Option("none", _("No")),
            Option("applicant", _("Yes, and I am still waiting")),
            Option("refugee", _("Yes, I am recognised as a refugee")),
            Option("subsidiary", _("Yes, I have subsidiary protection")),
            Option("temporary", _("I have temporary protection"), _("For example people from Ukraine")),
            Option("refused", _("Yes, but it was refused")),
        ),
    ),
    _yes_no(
        "born_abroad",
        _("Were you born outside Belgium?"),
        _("Born abroad"),
        why=_("Some Belgians who were born abroad may follow the programme."),
    ),
    _yes_no(
        "parent_born_abroad",
        _("Was one of your parents born outside Belgium?"),
        _("Parent born abroad"),
        why=_("Some Belgians who were born abroad may follow the programme."),
    ),
    Question(
        "birth_date",
        "date",
        _("When were you born?"),
        _("Date of birth"),
        why=_("Most rules are for people from 18 to 65 years old."),
    ),
    Question(
        "first_registered_on",
        "date",
        _("When did a town in Belgium first register you?"),
        _("First registration"),
        hint=_("This is often the date of your first residence card."),
        why=_DATES,
        never=_("I am not registered yet"),
    ),
    Question(
        "first_registration_region",
        "choice",
        _("In which part of Belgium did you live first?"),
        _("First region"),
        why=_("Who moves from one region to another may keep other duties."),
        options=tuple(Option(code, said_later(text)) for code, text in FACTS["region"].choice_labels.items()),
    ),
    Question(
        "registered_in_region_on",
        "date",
        _("When did you register in the region where you live now?"),
        _("In this region since"),
        why=_DATES,
    ),
    Question(
        "register",
        "choice",
        _("Which residence card do you have?"),
        _("Residence card"),
        hint=_("The letter is on the front of the card."),
        why=_("The card shows how you are registered in Belgium."),
        options=(
            Option("foreigners", _("Card A, B, E, EU, F, H, I, J or M")),
            Option("population", _("Card C, D, E+, EU+, F+, K or L"), _("Or a Belgian identity card")),
            Option("waiting", _("Orange card, or only a paper of your asylum request")),
            Option("protocol", _("Special card for diplomats")),
            Option("none", _("No Belgian card")),
        ),
    ),
    _months(
        "permit_months",
        _("For how many months was your first residence card valid?"),
        _("First card valid for"),
        why=_PAPER,
        never=_("It has no end date"),
    ),
    _months(
        "stay_limit_months",
        _("Is there a limit to how long you may stay?"),
        _("Limit of the stay"),
        hint=_("For example as an au pair. Count all renewals, in months."),
        why=_PAPER,
        never=_("No, I can renew my card"),
    ),
    Question(
        "legal_stay_since",
        "date",
        _("Since when do you live in Belgium with a residence right?"),
        _("In Belgium since"),
        why=_("After some years in Belgium, other rules apply."),
    ),
    _yes_no(
        "family_of_eu_citizen",
        _("Are you family of a citizen of the European Union?"),
        _("Family of a European citizen"),
        hint=_("Norway, Iceland, Liechtenstein and Switzerland count too. You may have a card F or F+."),
        why=_("European law gives families of its citizens other rules."),
    ),
    _yes_no(
        "uk_withdrawal_beneficiary",
        _("Do you have a card M?"),
        _("Card M"),
        hint=_("It is for British people who came before 2021, and their family."),
        why=_("An agreement with the United Kingdom protects these people."),
    ),
    _yes_no(
        "belgian_diploma",
        _("Do you have a diploma of a Belgian school?"),
        _("Belgian diploma"),
        why=_FREES,
    ),
    _yes_no(
        "certificate_elsewhere",
        _("Do you have an integration certificate of another Belgian region?"),
        _("Integration certificate"),
        why=_FREES,
    ),
    _months(
        "works_half_time_months",
        _("For how many months have you worked without a break?"),
        _("Work without a break"),
        hint=_("Count only work of at least half the normal hours."),
        why=_FREES,
        never=_("I do not work, or fewer hours"),
    ),
    Question(
        "study_status",
        "choice",
        _("Do you study now?"),
        _("Studies"),
        why=_FREES,
        options=(
            Option("none", _("No")),
            Option("pupil", _("Yes, at school")),
            Option("regular", _("Yes, at a college or university")),
            Option("exchange", _("Yes, as an exchange student")),
            Option("doctoral", _("Yes, for a doctorate")),
            Option("teacher", _("I teach at a college or university")),
        ),
    ),
    _yes_no(
        "medical_exemption",
        _("Does an illness or disability make lessons impossible for good?"),
        _("Illness or disability for good"),
        hint=_("A doctor must have written this down."),
        why=_FREES,
    ),
    _yes_no(
        "medical_suspension",
        _("Does an illness make lessons impossible for now?"),
        _("Illness for now"),
        hint=_("A doctor must have written this down."),
        why=_("You may then start later."),
    ),
)
QUESTIONS: Mapping[str, Question] = {question.name: question for question in _ASKED}
"""The questions that were written for people, in the order in which they are asked."""

ALWAYS = ("municipality",)
"""What is asked whatever the rules say: without a home there is nothing to compare with."""


def question_of(fact: Fact) -> Question | None:
    """How a fact is asked: as written above, or by its label where a rule set uses a fact that nobody foresaw."""
    if fact.name in QUESTIONS:
        return QUESTIONS[fact.name]
    label = said_later(fact.labels)
    if fact.type == "bool":
        return Question(fact.name, "choice", label, label, options=YES_NO)
    if fact.choices:
        found = tuple(Option(code, said_later(fact.choice_labels[code])) for code in fact.choices)
        return Question(fact.name, "choice", label, label, options=found)
    if fact.type in {"date", "int"}:
        return Question(fact.name, "date" if fact.type == "date" else "number", label, label)
    return None
