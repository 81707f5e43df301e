"""What this floor refuses, each with the sentence for the person who tried."""

from __future__ import annotations


class PublishingError(Exception):
    """A step on the way into force cannot be taken; the text says why."""
