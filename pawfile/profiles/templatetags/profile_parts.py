"""Parts of the profile that come after it: each is a page of its own, fetched in its place."""

from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from pawfile.lib.markup import Pattern

register = template.Library()

PART = Pattern('<div hx-get="%s" hx-trigger="load" hx-swap="outerHTML"><a href="%s">%s</a></div>')
#: Of a part that is mostly empty nothing is seen until it comes.
QUIET = Pattern(
    '<div hx-get="%s" hx-trigger="load" hx-swap="outerHTML">'
    '<noscript><a href="%s">%s</a></noscript></div>'
)


@register.simple_tag
def part(name: str, client: int, label: str) -> SafeString:
    """``{% part "client_keys" client.pk _("Keys") %}``: the address's name, whose, and a link until
    the part is there."""
    return _drawn(PART, name, client, label)


@register.simple_tag
def quiet_part(name: str, client: int, label: str) -> SafeString:
    return _drawn(QUIET, name, client, label)


def _drawn(pattern: Pattern, name: str, client: int, label: str) -> SafeString:
    url = _address(name, get_script_prefix()).format(client)
    return pattern.fill(url, url, label)


@lru_cache(maxsize=100)
def _address(name: str, _prefix: str) -> str:
    """With a hole where the client's number stands; a dozen are written on every profile."""
    return reverse(name, args=[0]).replace("/0/", "/{}/", 1)
