"""Messages, corrections asked for and changes reported, each with its papers."""

from pathways.correspondence.models.asking import ChangePaper, ChangeReport, CorrectionPaper, CorrectionRequest
from pathways.correspondence.models.messages import Message, MessagePaper, MessageTranslation

__all__ = [
    "ChangePaper",
    "ChangeReport",
    "CorrectionPaper",
    "CorrectionRequest",
    "Message",
    "MessagePaper",
    "MessageTranslation",
]
