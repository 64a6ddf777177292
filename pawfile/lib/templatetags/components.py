"""Tags for what pages draw by the hundred, where including a template would be slow or clumsy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, slugify
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pawfile.lib import icons
from pawfile.lib.markup import Pattern, escaped, filled, joined
from pawfile.lib.money import format_money
from pawfile.lib.times import said

register = template.Library()

_MARK = Pattern('<span role="img" data-field="%s" %s>x%s</span>')
_MARK_LINK = Pattern('<a href="%s" data-dialog-url data-field="%s" %s>x%s</a>')
NOTHING, SELECTED = SafeString(""), SafeString(" selected")
#: Characters that stand in a table's cell without being folded.
LONG = 120

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
    "open": _("To assign"),
    "offered": _("Offered"),
    "assigned": _("Assigned"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "confirmed": _("Confirmed"),
    "in-progress": _("In progress"),
    "completed": _("Completed"),
    "canceled": _("Canceled"),
    # What clients read instead of who has to say yes, and while the office has to answer.
    "planned": _("Planned"),
    "change-requested": _("Change requested"),
    "cancel-requested": _("Cancel requested"),
    # Keys
    "lost": _("Lost"),
    "overdue": _("Overdue"),
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
    """``x2`` in red beside a field that two saves changed: filled while ``unseen``, else outlined.

    With ``url`` it is a link that opens as a pop-up.
    """
    if not count:
        return SafeString("")
    state = _mark_state(count, bool(unseen), get_language())
    if not url:
        return _MARK.fill(key, state, count)
    return _MARK_LINK.fill(url, key, state, count)


@lru_cache(maxsize=256)
def _mark_state(count: int, unseen: bool, _language: str | None) -> SafeString:
    label = ngettext("Changed %(count)s time", "Changed %(count)s times", count) % {"count": count}
    shape = "change-mark unseen" if unseen else "change-mark"
    return format_html('data-changes="{}" class="{}" aria-label="{}"', count, shape, label)


@register.simple_tag
def status_pill(status: Any) -> SafeString:
    """A status as word, shape and colour: ``{% status_pill client.status %}``."""
    word = str(status or "")
    if not word:
        return SafeString("")
    return _pill(word, str(getattr(status, "label", "")), get_language())


@lru_cache(maxsize=256)
def _pill(word: str, label: str, _language: str | None) -> SafeString:
    kind = slugify(word.replace("_", "-"))
    return format_html(
        '<span class="pill pill-{}">{}</span>', kind, label or STATUSES.get(kind, word)
    )


@register.simple_tag
def animal_picture(
    animal: Any, photo_url: str | None = "", name: str = "", size: str = "m"
) -> SafeString:
    """A pet's photo, or a drawing of its kind. Sizes: s, m, l, xl.

    ``name`` is for where no name stands beside it; else the picture is silent for screen readers.
    """
    if photo_url:
        # Small ones come by the hundred; large ones must be there when the page is printed.
        loading = "lazy" if size in {"s", "m"} else "eager"
        return format_html(
            '<img class="picture picture-{}" src="{}" alt="{}" loading="{}" decoding="async">',
            size, photo_url, name, loading,
        )  # fmt: skip
    return _drawing(str(animal or "").strip().lower(), name, size)


@lru_cache(maxsize=1024)
def _drawing(animal: str, name: str, size: str) -> SafeString:
    drawn = DRAWINGS.get(animal, "paw-print")
    spoken = (
        format_html('role="img" aria-label="{}"', name)
        if name
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<span class="picture picture-{} picture-drawn" data-animal="{}" {}>{}</span>',
        size, drawn, spoken, _icon(drawn),
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
def moment(at: datetime) -> SafeString:
    """A time as people say it, in full when pointed at: ``{% moment entry.done_at %}``."""
    local = localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, "DATETIME_FORMAT"),
        said(at),
    )


@register.simple_tag(takes_context=True)
def money(context: Mapping[str, Any], amount: Decimal, currency: str = "") -> str:
    """``{% money visit.price %}`` in the company's currency, which a mail has to name itself."""
    return format_money(amount, currency or context["request"].company.currency)


@register.simple_tag
def long_text(text: Any) -> SafeString:
    """A text of any length where there is room for a line or two: its beginning, all in a fold."""
    whole = str(text or "")
    if len(whole) <= LONG:
        return escaped(whole)
    return format_html(
        '<details class="long-text"><summary><span class="long-text-start">{}</span> '
        '<span class="long-text-more">{}</span><span class="long-text-less">{}</span></summary>'
        "{}</details>",
        Truncator(whole).chars(LONG * 3 // 4), gettext("All of it"), gettext("Shorter"), whole,
    )  # fmt: skip


@register.simple_tag
def phone_link(number: Any, dial: str = "", label: str = "") -> SafeString:
    """A phone number to press: shown as typed, dialled as ``dial`` (E.164) when that is known."""
    typed = str(number or "").strip()
    if not typed:
        return SafeString("")
    target = dial or "".join(sign for sign in typed if sign.isdigit() or sign == "+")
    return filled(
        '<a class="phone" href="tel:{target}">{text}</a>', target=target, text=label or typed
    )


@register.simple_tag
def options(choices: Iterable[Sequence[Any]], chosen: Any = None) -> SafeString:
    """The options of a select: each is (value, label); of several labels the first that says
    something."""
    return _options(tuple(map(tuple, choices)), "" if chosen is None else str(chosen))


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[Any, ...], ...], selected: str) -> SafeString:
    return joined(
        filled(
            '<option value="{value}"{state}>{label}</option>',
            value=value,
            state=SELECTED if str(value) == selected else NOTHING,
            label=next((label for label in labels if label), ""),
        )
        for value, *labels in choices
    )


class BottomBar(NamedTuple):
    """What fits at the foot of a phone, and whether a "More" must lead to the rest."""

    items: list[Mapping[str, Any]]
    has_more: bool
    #: What waits behind "More".
    unread: int = 0


@register.simple_tag
def bottom_bar(menu: Iterable[Mapping[str, Any]] | None, places: int = 4) -> BottomBar:
    """The first entries of the side menu; an entry's ``short`` label is used when it has one.

    What is ``needed_first``, wherever it stands in the menu, is under the thumb.
    """
    items = [item for group in menu or () for item in group["items"]]
    items.sort(key=lambda item: not item.get("needed_first"))
    if len(items) <= places:
        return BottomBar(items, has_more=False)
    rest = items[places - 1 :]
    unread = sum(item.get("unread", 0) for item in rest)
    return BottomBar(items[: places - 1], has_more=True, unread=unread)


#: The program counts no further.
MOST_UNREAD = 100


@register.simple_tag
def unread(count: int) -> SafeString:
    """A number of unread messages, as it stands in the menu: "3", "99+"."""
    words = ngettext("%d unread", "%d unread", count) % count
    shown = f"{MOST_UNREAD - 1}+" if count >= MOST_UNREAD else str(count)
    return format_html(
        '<span aria-hidden="true">{}</span><span class="only-spoken">{}</span>', shown, words
    )
