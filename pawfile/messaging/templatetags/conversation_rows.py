"""The lines of the message list: fifty on a page, each drawn with one pattern."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pawfile.lib.markup import Pattern, joined, literal
from pawfile.lib.templatetags.components import avatar, moment
from pawfile.messaging.reading import Line

register = template.Library()

LINE = Pattern(
    '<li%s data-conversation="%s"><a href="%s">%s'
    '<span class="conversation-name">%s%s</span>'
    '<span class="conversation-time soft">%s</span>'
    '<span class="conversation-text">%s<span class="soft">%s: %s</span></span></a></li>\n'
)
SUBJECT = Pattern("<strong>%s</strong> ")
UNSEEN, NOTHING = SafeString(' class="unseen"'), SafeString("")


@register.simple_tag
def conversation_rows(lines: Iterable[Line]) -> SafeString:
    """With whom, how the newest message begins, whose and from when it is."""
    badge = Pattern(f' <span class="badge badge-accent">{literal(gettext("New"))}</span>').fill()
    address = reverse("conversation_detail", args=[0]).replace("0", "{}")
    return joined(
        LINE.fill(
            UNSEEN if line.is_unread else NOTHING,
            line.conversation.pk,
            address.format(line.conversation.pk),
            avatar(line.name, "m"),
            line.name,
            badge if line.is_unread else NOTHING,
            moment(line.conversation.last_message_at),
            SUBJECT.fill(line.conversation.subject) if line.conversation.subject else NOTHING,
            line.who,
            line.conversation.last_text,
        )
        for line in lines
    )
