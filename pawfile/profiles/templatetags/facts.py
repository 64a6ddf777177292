"""The filled fields of a profile, a hundred on a page, and the names of the empty ones."""

from collections.abc import Sequence
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from pawfile.fields.registry import Kind, Label
from pawfile.lib.markup import escaped, filled, joined, lines
from pawfile.lib.templatetags.components import change_mark, phone_link
from pawfile.profiles.display import ShownField

register = template.Library()

FACT = '<div class="fact{shape}"><dt>{label}{mark}</dt><dd>{value}</dd></div>'
SECRET = (
    '<span class="secret"><span class="secret-dots" aria-hidden="true">{dots}</span>'
    '<span class="only-spoken">{spoken}</span></span>'
)
PHOTO = (
    '<a href="{url}"><img class="picture picture-xl" src="{url}" alt="{label}" loading="lazy"></a>'
)
MISSING = '<details class="facts-missing"><summary>{count}</summary><p>{labels}</p></details>'
LONG, SHORT, NO_MARK = SafeString(" fact-long"), SafeString(""), SafeString("")


@register.simple_tag
def facts(fields: Sequence[ShownField], narrow: bool = False) -> SafeString:
    """Labels and values; ``narrow`` for a card beside the page."""
    shape = SafeString(" facts-line") if narrow else SHORT
    drawn = joined(fact(field) for field in fields)
    return filled('<dl class="facts{shape}">{drawn}</dl>', shape=shape, drawn=drawn)


def fact(field: ShownField) -> SafeString:
    mark = field.mark
    return filled(
        FACT,
        shape=LONG if field.kind == Kind.LONG_TEXT else SHORT,
        label=field.label,
        mark=change_mark(field.key, mark.count, mark.is_new, field.mark_url) if mark else NO_MARK,
        value=value_of(field),
    )


def value_of(field: ShownField) -> SafeString:
    if not field.text:
        return filled('<span class="soft">{text}</span>', text=gettext("Empty now"))
    if field.kind == Kind.SECRET:
        return filled(SECRET, dots=field.text, spoken=gettext("Saved and sealed"))
    if field.kind == Kind.PHONE:
        return phone_link(field.text, field.dial)
    if field.photo_url:
        return filled(PHOTO, url=field.photo_url, label=field.label)
    if field.values:
        return joined((mail_link(address) for address in field.values), ", ")
    if field.kind == Kind.LONG_TEXT:
        return lines(field.text)
    return escaped(field.text)


def mail_link(address: str) -> SafeString:
    return filled(
        '<a href="mailto:{target}">{address}</a>', target=quote(address, "@"), address=address
    )


@register.simple_tag
def missing(labels: Sequence[Label]) -> SafeString:
    """How many fields nobody has filled in, and, when pressed, which."""
    if not labels:
        return SafeString("")
    said = ngettext("%(n)s not filled in", "%(n)s not filled in", len(labels))
    return filled(
        MISSING, count=said % {"n": len(labels)}, labels=", ".join([str(each) for each in labels])
    )
