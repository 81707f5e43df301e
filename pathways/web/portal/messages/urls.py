"""Routes: messages with the office, corrections asked for, changes reported."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.portal.messages import changes, conversation, corrections

urlpatterns: list[URLPattern] = [
    path("messages/", conversation.messages_page, name="messages"),
    path("messages/read/", conversation.read, name="messages_read"),
    path("messages/<uuid:public_id>/translate/", conversation.translate, name="message_translate"),
    path("messages/files/<uuid:public_id>/", conversation.paper, name="message_paper"),
    path("wrong/", corrections.correction, name="correction"),
    path("wrong/<uuid:public_id>/withdraw/", corrections.withdraw, name="correction_withdraw"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<slug:kind>/", changes.change, name="change"),
    path("changes/<uuid:public_id>/withdraw/", changes.withdraw, name="change_withdraw"),
]
