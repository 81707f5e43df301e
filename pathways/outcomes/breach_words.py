"""Sentences about breach files: why a step cannot be taken, what acts and states are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.outcomes.procedure import Act, Clock, Refusal, Stage
from pathways.outcomes.wording import reader_language
from pathways.rules import word_date

REFUSALS: dict[Refusal, Promise] = {
    Refusal.NOT_NOW: gettext_lazy("This step cannot follow now. Perhaps somebody else has gone on with the file."),
    Refusal.NOT_IN_RULES: gettext_lazy("The rule set has no such step."),
    Refusal.WARN_FIRST: gettext_lazy("The rule set asks for a reminder first."),
    Refusal.TRANSFER_FIRST: gettext_lazy("The file goes to the enforcement officers first."),
    Refusal.NOT_SENT: gettext_lazy("The letter of the step before has not been sent, so its term has not begun."),
    Refusal.TERM_RUNS: gettext_lazy("The person still has time."),
    Refusal.NO_RANGE: gettext_lazy("The range of the fine was not found in the sources, so no fine can be imposed."),
}
STAGES: dict[Stage, Promise] = {
    Stage.WARNING: gettext_lazy("Reminder of the duty"),
    Stage.NOTICE: gettext_lazy("Notice"),
    Stage.TRANSFER: gettext_lazy("File to the enforcement officers"),
    Stage.HEARING: gettext_lazy("Hearing or written defence"),
    Stage.DECISION: gettext_lazy("Decision"),
    Stage.PAYMENT: gettext_lazy("Payment"),
    Stage.REMINDER: gettext_lazy("Reminder to pay"),
    Stage.COLLECTION: gettext_lazy("Collection"),
    Stage.APPEAL: gettext_lazy("Objection or appeal"),
}
ACTS: dict[Act, Promise] = {
    Act.WARN: gettext_lazy("Write the reminder"),
    Act.NOTICE: gettext_lazy("Write the notice"),
    Act.TRANSFER: gettext_lazy("Hand the file to the enforcement officers"),
    Act.INVITE: gettext_lazy("Invite to be heard"),
    Act.RECORD_DEFENCE: gettext_lazy("Record the hearing or defence"),
    Act.NO_FINE: gettext_lazy("Decide: no fine"),
    Act.FINE: gettext_lazy("Decide: a fine"),
    Act.RECORD_PAYMENT: gettext_lazy("Record the payment"),
    Act.REMIND: gettext_lazy("Write the reminder to pay"),
    Act.COLLECT: gettext_lazy("Hand over for collection"),
    Act.RECORD_APPEAL: gettext_lazy("Record an objection or appeal"),
    Act.UPHOLD: gettext_lazy("The fine stays"),
    Act.REDUCE: gettext_lazy("Lower the fine"),
    Act.ANNUL: gettext_lazy("Annul the fine"),
    Act.CLOSE: gettext_lazy("Close the file"),
}
DONE: dict[Act, Promise] = {
    Act.WARN: gettext_lazy("Reminder written"),
    Act.NOTICE: gettext_lazy("Notice written"),
    Act.TRANSFER: gettext_lazy("File handed to the enforcement officers"),
    Act.INVITE: gettext_lazy("Invited to be heard"),
    Act.RECORD_DEFENCE: gettext_lazy("Heard"),
    Act.NO_FINE: gettext_lazy("Decided: no fine"),
    Act.FINE: gettext_lazy("Decided: a fine"),
    Act.RECORD_PAYMENT: gettext_lazy("Paid"),
    Act.REMIND: gettext_lazy("Reminder to pay written"),
    Act.COLLECT: gettext_lazy("Handed over for collection"),
    Act.RECORD_APPEAL: gettext_lazy("Objection or appeal lodged"),
    Act.UPHOLD: gettext_lazy("Objection: the fine stays"),
    Act.REDUCE: gettext_lazy("Objection: the fine is lower"),
    Act.ANNUL: gettext_lazy("Objection: the fine is annulled"),
    Act.CLOSE: gettext_lazy("File closed"),
}
LETTERS: dict[Act, Promise] = {
    Act.WARN: gettext_lazy("Breach file: reminder of the duty"),
    Act.NOTICE: gettext_lazy("Breach file: notice"),
    Act.INVITE: gettext_lazy("Breach file: invitation to be heard"),
    Act.NO_FINE: gettext_lazy("Breach file: no fine"),
    Act.FINE: gettext_lazy("Breach file: fine"),
    Act.REMIND: gettext_lazy("Breach file: reminder to pay"),
    Act.UPHOLD: gettext_lazy("Breach file: the fine stays"),
    Act.REDUCE: gettext_lazy("Breach file: the fine is lower"),
    Act.ANNUL: gettext_lazy("Breach file: the fine is annulled"),
    Act.CLOSE: gettext_lazy("Breach file: closed"),
}
"""What staff call the letter of a step; the other steps have none."""


def word_act_refusal(found: Refusal, clock: Clock | None) -> str:
    """Why a step cannot be taken now, with the day until which a term runs."""
    if found == Refusal.TERM_RUNS and clock and clock.ends_on:
        day = word_date(clock.ends_on, reader_language())
        return _("The person has time until %(day)s; the next step can follow after it.") % {"day": day}
    return str(REFUSALS[found])
