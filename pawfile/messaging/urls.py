from django.urls import path

from pawfile.messaging.views import attachments, many, messages, notes

urlpatterns = [
    path("messages/", messages.message_list, name="message_list"),
    path("messages/new/", messages.message_create, name="message_create"),
    path("messages/to-many/", many.message_to_many, name="message_to_many"),
    path("messages/to-many/<int:pk>/", many.broadcast_detail, name="broadcast_detail"),
    path("messages/<int:pk>/", messages.conversation_detail, name="conversation_detail"),
    path("messages/<int:pk>/news/", messages.conversation_news, name="conversation_news"),
    path("messages/files/<int:pk>/", attachments.attachment_file, name="attachment_file"),
    path(
        "messages/pictures/<int:pk>/<str:size>/",
        attachments.attachment_picture,
        name="attachment_picture",
    ),
    path("clients/<int:pk>/internal-notes/", notes.internal_note_list, name="internal_note_list"),
    path(
        "internal-notes/<int:pk>/remove/", notes.internal_note_remove, name="internal_note_remove"
    ),
]
