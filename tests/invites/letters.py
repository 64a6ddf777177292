"""The mails of the invites in these tests, and the codes in them."""

import json

from pawfile.lib.columns import key_ring
from pawfile.mail.models import Mail

SITE = "https://book.example/"


def links_in(mail: Mail) -> dict[str, str]:
    """Name → address of the personal links."""
    links: dict[str, str] = json.loads(key_ring().unseal(mail.links))
    return links


def link_of(mail: Mail) -> str:
    link: str = json.loads(key_ring().unseal(mail.links))["register"]
    return link


def code_to(email: str) -> str:
    """The code of the newest mail to this address."""
    return link_of(Mail.objects.filter(to=email).latest("pk")).partition("?code=")[2]
