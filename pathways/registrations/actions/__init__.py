"""Every write about lists: upload, check, start, import, cancel, decide about a duplicate.

Checking and importing are long: they work in batches, each in its own transaction, and may be killed at any moment and
called again. Only one process works on a list at a time.
"""

from pathways.registrations.actions.checking import check_list
from pathways.registrations.actions.importing import cancel_list, decide_duplicate, run_list, start_list
from pathways.registrations.actions.steps import ListRefused
from pathways.registrations.actions.uploading import upload_list

__all__ = [
    "ListRefused",
    "cancel_list",
    "check_list",
    "decide_duplicate",
    "run_list",
    "start_list",
    "upload_list",
]
