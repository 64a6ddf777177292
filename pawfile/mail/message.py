"""A mail as it goes out: the company as the sender, personal links in their places."""

import html
import json
import re
from collections.abc import Callable
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from pawfile.lib.columns import key_ring
from pawfile.mail.models import Mail

_PLACE = re.compile(r"\[\[link:(\w+)\]\]")


def placeholder(name: str) -> str:
    """What stands in the kept text in the place of a personal link."""
    return f"[[link:{name}]]"


def split_at_links(text: str) -> list[str]:
    """The text in pieces; every second one is the name of a link."""
    return _PLACE.split(text)


def links_of(mail: Mail) -> dict[str, str]:
    return dict(json.loads(key_ring().unseal(mail.links))) if mail.links else {}


def message_of(mail: Mail, *, company: str) -> EmailMultiAlternatives:
    links = links_of(mail)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=_filled(mail.text, links, str),
        from_email=sender(company),
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",  # answering machines stay silent
        },
    )
    message.attach_alternative(_filled(mail.html, links, html.escape), "text/html")
    return message


def sender(company: str) -> str:
    """The company's name, on one line whatever was typed, with the installation's address."""
    name = " ".join("".join(c if c.isprintable() else " " for c in company).split())
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _filled(text: str, links: dict[str, str], write: Callable[[str], str]) -> str:
    return _PLACE.sub(lambda found: write(links.get(found[1], "")), text)
