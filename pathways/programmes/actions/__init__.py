"""Every write of this floor: reference data, and the life of rule sets."""

from pathways.programmes.actions.drafting import (
    DraftConflictError,
    DraftError,
    change_draft,
    discard_draft,
    import_draft,
    redo_edit,
    restore_edit,
    save_draft,
    start_draft,
    undo_edit,
)
from pathways.programmes.actions.publishing import Loaded, PublicationError, load_rule_sets, publish_rule_set
from pathways.programmes.actions.reference import load_reference

__all__ = [
    "DraftConflictError",
    "DraftError",
    "Loaded",
    "PublicationError",
    "change_draft",
    "discard_draft",
    "import_draft",
    "load_reference",
    "load_rule_sets",
    "publish_rule_set",
    "redo_edit",
    "restore_edit",
    "save_draft",
    "start_draft",
    "undo_edit",
]
