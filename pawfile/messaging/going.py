"""Which words go with a client that is deleted."""

from django.utils.translation import ngettext

from pawfile.messaging.models import Conversation
from pawfile.profiles.models import Client


def conversations_with(client: Client) -> list[str]:
    count = Conversation.objects.filter(client=client).count()
    text = ngettext("%d conversation.", "%d conversations.", count)
    return [text % count] if count else []
