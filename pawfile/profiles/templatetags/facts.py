"""The filled fields of a profile, a hundred on a page, and the names of the empty ones."""

from collections.abc import Sequence
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from pawfile.fields.registry import Kind, Label
from pawfile.lib.markup import escaped, filled, joined, lines
from pawfile.lib.templatetags.components import change_mark, icon, phone_link
from pawfile.profiles.display import ShownField

register = template.Library()

FACT = '<div class="fact{shape}"><dt>{label}{mark}</dt><dd>{value}</dd></div>'
SECRET = (
    '<div class="secret" data-secret><span class="secret-dots" aria-hidden="true">••••••</span>'
    '<span class="only-spoken">{spoken}</span>{button}</div>'
)
# The form stands once in each page (base.html), so that a profile needs no form a code.
REVEAL = (
    '<button class="button button-small" type="submit" form="reveal" formaction="{url}"{visit}'
    ' hx-post="{url}" hx-target="closest [data-secret]" hx-swap="outerHTML" hx-disabled-elt="this">'
    '{icon}{word}<span class="only-spoken"> {label}</span></button>'
)
FOR_VISIT = ' name="visit" value="{visit}"'
PHOTO = (
    '<a href="{url}"><img class="picture picture-xl" src="{url}" alt="{label}" loading="lazy"></a>'
)
MISSING = '<details class="facts-missing"><summary>{count}</summary><p>{labels}</p></details>'
LONG, SHORT, NO_MARK = SafeString(" fact-long"), SafeString(""), SafeString("")


@register.simple_tag(takes_context=True)
def facts(
    context: template.Context, fields: Sequence[ShownField], narrow: bool = False
) -> SafeString:
    """Labels and values; ``narrow`` for a card beside the page."""
    shape = SafeString(" facts-line") if narrow else SHORT
    can_reveal = is_in_person(context)
    drawn = joined(fact(field, can_reveal) for field in fields)
    return filled('<dl class="facts{shape}">{drawn}</dl>', shape=shape, drawn=drawn)


def is_in_person(context: template.Context) -> bool:
    """Who looks with a client's eyes, or at a preview, opens no codes."""
    return not (context["request"].user.viewed_by or context.get("is_preview"))


def fact(field: ShownField, can_reveal: bool) -> SafeString:
    mark = field.mark
    return filled(
        FACT,
        shape=LONG if field.kind == Kind.LONG_TEXT else SHORT,
        label=field.label,
        mark=change_mark(field.key, mark.count, mark.is_new, field.mark_url) if mark else NO_MARK,
        value=value_of(field, can_reveal),
    )


@register.simple_tag(takes_context=True)
def secret(context: template.Context, url: str, label: Label, visit: int | None) -> SafeString:
    """Dots and the button that opens them, for this visit if there is one."""
    return sealed(url, label, visit) if is_in_person(context) else sealed("", label)


def sealed(url: str, label: Label, visit: int | None = None) -> SafeString:
    for_visit = filled(FOR_VISIT, visit=visit) if visit else SafeString("")
    words = {"icon": icon("eye"), "word": gettext("Reveal"), "label": label, "visit": for_visit}
    button = filled(REVEAL, url=url, **words) if url else SafeString("")
    return filled(SECRET, spoken=gettext("Saved and sealed"), button=button)


def value_of(field: ShownField, can_reveal: bool) -> SafeString:
    if not field.text:
        return filled('<span class="soft">{text}</span>', text=gettext("Empty now"))
    if field.kind == Kind.SECRET:
        return sealed(field.reveal_url if can_reveal else "", field.label)
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
