from pawfile.messaging.models.attachment import Attachment, AttachmentKind
from pawfile.messaging.models.broadcast import Broadcast
from pawfile.messaging.models.conversation import Conversation, ConversationKind, Message, Side
from pawfile.messaging.models.note import InternalNote
from pawfile.messaging.models.unread import MOST_COUNTED, Unread

__all__ = [
    "MOST_COUNTED",
    "Attachment",
    "AttachmentKind",
    "Broadcast",
    "Conversation",
    "ConversationKind",
    "InternalNote",
    "Message",
    "Side",
    "Unread",
]
