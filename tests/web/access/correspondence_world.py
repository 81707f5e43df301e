"""What was written, said to be wrong and reported in the case of the table, with a file each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.cases.models import Case
from pathways.correspondence.actions import ask_correction, report_change, write_message
from pathways.correspondence.subjects import Subject
from pathways.documents.uploads import Upload

PHOTO = Upload("proof.jpg", "image/jpeg", b"\xff\xd8\xff")


def correspond(case: Case, newcomer: User, *, on: dt.date) -> None:
    """One of each."""
    write_message(actor=newcomer, case=case, text="Hello", language="en", papers=[PHOTO], on=on)
    about = Subject("fact", "nationality")
    ask_correction(actor=newcomer, case=case, subject=about, text="Wrong", language="en", on=on)
    report_change(actor=newcomer, case=case, kind="phone", values={"phone": "0471223344"}, language="en", on=on)
