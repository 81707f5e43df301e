"""Every write of this floor: asking for a preview, making it, stopping it, saying that it was read."""

from pathways.previews.actions.asking import cancel_preview, read_preview, start_preview
from pathways.previews.actions.making import run_preview

__all__ = ["cancel_preview", "read_preview", "run_preview", "start_preview"]
