"""Routes of the messages of a case, under `cases/<reference>/messages/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.messages import changes, conversation, corrections

urlpatterns: list[URLPattern] = [
    path("", conversation.case_messages, name="case_messages"),
    path("read/", conversation.read, name="case_messages_read"),
    path("settle/", conversation.settle, name="case_messages_settle"),
    path("<uuid:public_id>/translate/", conversation.translate, name="case_message_translate"),
    path("files/<uuid:public_id>/", conversation.paper, name="case_message_paper"),
    path("wrong/<uuid:public_id>/", corrections.answer, name="case_correction"),
    path("change/<uuid:public_id>/", changes.decide, name="case_change"),
]
