"""Tags for what pages draw by the hundred, where including a template would be slow or clumsy."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pawfile.lib import icons

register = template.Library()

#: The drawing that stands in for a photo, by the animal's name as companies write it.
DRAWINGS = {
    "dog": "dog",
    "puppy": "dog",
    "cat": "cat",
    "kitten": "cat",
    "bird": "bird",
    "chicken": "bird",
    "rabbit": "rabbit",
    "small mammal": "squirrel",
    "guinea pig": "squirrel",
    "hamster": "squirrel",
    "fish": "fish",
    "reptile": "turtle",
    "turtle": "turtle",
    "horse": "horse",
    "farm animal": "cow",
    "cow": "cow",
}

#: Statuses with a colour and shape of their own; any other word gets the neutral pill.
STATUSES = {
    "prospect": _("Prospect"),
    "active": _("Active"),
    "inactive": _("Inactive"),
    "requested": _("Requested"),
    "unavailable": _("Unavailable"),
    "assigned": _("Assigned"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "confirmed": _("Confirmed"),
    "in-progress": _("In progress"),
    "completed": _("Completed"),
    "canceled": _("Canceled"),
}


@lru_cache(maxsize=1024)
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', icons.address(name)
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "phone" %}``; with a second word it speaks: ``{% icon "key" "Has a key" %}``."""
    if not label:
        return _icon(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
        label,
        icons.address(name),
    )


@register.simple_tag
def change_mark(key: str, count: int | None, unseen: Any = False, url: str = "") -> SafeString:
    """``x2`` in red beside a field that was saved twice; filled while ``unseen``; opens ``url`` as a pop-up."""
    if not count:
        return SafeString("")
    label = ngettext("Changed %(count)s time", "Changed %(count)s times", count) % {"count": count}
    shape = "change-mark unseen" if unseen else "change-mark"
    if not url:
        return format_html(
            '<span class="{}" role="img" aria-label="{}" data-field="{}" data-changes="{}">x{}</span>',
            shape, label, key, count, count,
        )  # fmt: skip
    return format_html(
        '<a class="{}" href="{}" data-dialog-url aria-label="{}" data-field="{}" data-changes="{}">x{}</a>',
        shape, url, label, key, count, count,
    )  # fmt: skip


@register.simple_tag
def status_pill(status: Any) -> SafeString:
    """A status as word, shape and colour: ``{% status_pill client.status %}``."""
    word = str(status or "")
    if not word:
        return SafeString("")
    kind = slugify(word.replace("_", "-"))
    label = getattr(status, "label", None) or STATUSES.get(kind, word)
    return format_html('<span class="pill pill-{}">{}</span>', kind, label)


@register.simple_tag
def animal_picture(
    animal: Any, photo_url: str | None = "", name: str = "", size: str = "m"
) -> SafeString:
    """A pet's photo, or a drawing of its kind. Sizes s, m, l, xl; pass ``name`` where no name stands beside it."""
    if photo_url:
        return format_html(
            '<img class="picture picture-{}" src="{}" alt="{}" loading="lazy" decoding="async">',
            size, photo_url, name,
        )  # fmt: skip
    return _drawing(str(animal or "").strip().lower(), name, size)


@lru_cache(maxsize=1024)
def _drawing(animal: str, name: str, size: str) -> SafeString:
    drawn = DRAWINGS.get(animal, "paw-print")
    if name:
        return format_html(
            '<span class="picture picture-{} picture-drawn" data-animal="{}" role="img" aria-label="{}">{}</span>',
            size, drawn, name, _icon(drawn),
        )  # fmt: skip
    return format_html(
        '<span class="picture picture-{} picture-drawn" data-animal="{}" aria-hidden="true">{}</span>',
        size, drawn, _icon(drawn),
    )  # fmt: skip


@register.simple_tag
def avatar(name: Any, size: str = "s") -> SafeString:
    """A person's initials in a circle, beside their name: ``{% avatar sitter %}``."""
    return _initials(str(name or ""), size)


@lru_cache(maxsize=1024)
def _initials(name: str, size: str) -> SafeString:
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    letters = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return format_html(
        '<span class="avatar avatar-{}" aria-hidden="true">{}</span>', size, letters or "?"
    )


@register.simple_tag
def phone_link(number: Any, dial: str = "", label: str = "") -> SafeString:
    """A phone number to press: shown as typed, dialled as ``dial`` (E.164) when that is known."""
    typed = str(number or "").strip()
    if not typed:
        return SafeString("")
    target = dial or "".join(sign for sign in typed if sign.isdigit() or sign == "+")
    return format_html(
        '<a class="phone" href="tel:{}">{}</a>', target, conditional_escape(label or typed)
    )


@register.simple_tag
def bottom_bar_items(
    menu: Iterable[Mapping[str, Any]] | None, places: int = 5
) -> list[Mapping[str, Any]]:
    """The first entries of the side menu for a phone's bottom bar; one place is kept for "More" when they do not fit."""
    items = [item for group in menu or () for item in group["items"]]
    return items if len(items) <= places else items[: places - 1]
