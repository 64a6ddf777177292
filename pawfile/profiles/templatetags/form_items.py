"""The fields of a form, several hundred on a page: an input for each kind of answer.

A field without an answer looks the same on every form of the same policy and is drawn once.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pawfile.fields.forms import SIMPLE, date_part_fields, simple_field
from pawfile.fields.policy import Policy
from pawfile.fields.registry import Kind
from pawfile.lib.inputs import (
    NOTHING,
    STAR,
    WIDE,
    Options,
    check,
    chips,
    field,
    line,
    notes,
    options_of,
    select,
    upload,
    wiring,
)  # fmt: skip
from pawfile.lib.markup import filled, joined
from pawfile.lib.templatetags.components import icon
from pawfile.profiles.forms import FormItem, ProfileForm
from pawfile.profiles.forms.links import NEW, NEW_VET, new_vet_fields
from pawfile.profiles.models.pet import Pet

register = template.Library()

CONDITIONAL = (
    '<div class="field-conditional{wide}" data-shows-when="{key}" data-shows-value="{value}">'
    "{drawn}</div>"
)
PARTS = (
    '<fieldset class="field" id="id_{first}_parts" tabindex="-1"><legend>{label}{star}</legend>'
    '<div class="field-parts">{parts}</div>{notes}</fieldset>'
)
PART = '<label class="field-part"><span>{label}</span>{input}</label>'
NEW_PARTS = (
    '<div class="fields field-wide" data-shows-when="{key}" data-shows-value="new">{parts}</div>'
)
STORED = '<div class="secret-field">{input}{stored}</div>'
SAVED = '<p class="field-help">{icon}{text}</p>{clear}'
MARKER = '<input type="hidden" name="{name}_shown" value="1">'


@register.simple_tag(takes_context=True)
def form_items(context: Context, form: ProfileForm, items: Sequence[FormItem]) -> SafeString:
    """The fields of a section."""
    kept = blanks(form.policy)
    drawn = []
    for item in items:
        found = kept.get(item.key) if item.is_blank else None
        if found is None:
            found = form_item(context, form, item)
            if item.is_blank:
                keep(kept, form, item, found)
        elif item.field.kind in SELECTS:
            options = options_for(form, item).chosen("")
            found = SafeString(found.replace(HOLE, options, 1))  # nosec B703
        drawn.append(found)
    return joined(drawn)


@lru_cache(maxsize=64)
def blanks(_policy: Policy) -> dict[str, SafeString]:
    """Key → the field without an answer, as far as drawn. A policy is of one language."""
    return {}


def keep(kept: dict[str, SafeString], form: ProfileForm, item: FormItem, drawn: SafeString) -> None:
    """Keep a blank field for the next form; of a select of rows without its options."""
    if item.field.kind in SELECTS:
        options = options_for(form, item).chosen("")
        kept[item.key] = SafeString(drawn.replace(options, HOLE, 1))  # nosec B703
    elif is_always_the_same(item):
        kept[item.key] = drawn


def is_always_the_same(item: FormItem) -> bool:
    """Whether the blank field depends on nothing but the policy."""
    return item.field.kind in SIMPLE or (
        item.field.field.is_custom and item.field.kind not in LISTS
    )


def form_item(context: Context, form: ProfileForm, item: FormItem) -> SafeString:
    condition, kind = item.field.field.shown_when, item.field.kind
    if kind == Kind.OWNER:
        drawn = from_template(context, "profiles/form_owner.html", item=item, notes=all_notes(item))
    elif kind == Kind.PHOTO and not item.field.field.is_custom:
        drawn = pet_photo(context, item)
    else:
        drawn = DRAWN[kind](form, item)
    if condition is None:
        return drawn
    wide = WIDE if kind == Kind.LONG_TEXT else NOTHING
    return filled(CONDITIONAL, wide=wide, key=condition.key, value=condition.posted, drawn=drawn)


def from_template(context: Context, name: str, **values: Any) -> SafeString:
    engine: Any = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        drawn: SafeString = engine.get_template(name).render(context)
        return drawn


def pet_photo(context: Context, item: FormItem) -> SafeString:
    name, chosen = item.names
    control = field(
        name, gettext("Upload a photo"), upload(name, "image/*", wired(item)),
        notes=notes(name, item.field.help, item.errors_of(name)),
        is_required=item.field.is_required,
    )  # fmt: skip
    below = notes(chosen, "", item.errors_of(chosen))
    return from_template(context, "profiles/form_photo.html", upload=control, notes=below)


def all_notes(item: FormItem) -> SafeString:
    helps = [item.field.help, *[""] * (len(item.names) - 1)]
    return joined(
        notes(name, told, item.errors_of(name))
        for name, told in zip(item.names, helps, strict=True)
    )


def labelled(item: FormItem, control: SafeString, *, is_wide: bool = False) -> SafeString:
    """The first input of a field with all that belongs to it."""
    name = item.names[0]
    below = notes(name, item.field.help, item.errors_of(name))
    return field(
        name, item.field.label, control, notes=below,
        is_required=item.field.is_required, is_wide=is_wide,
    )  # fmt: skip


def wired(item: FormItem) -> SafeString:
    return wiring(item.names[0], item.field.help, item.errors_of(item.names[0]))


def typed(form: ProfileForm, item: FormItem) -> SafeString:
    widget: Any = simple_field(item.field.kind).widget
    control = line(widget, item.names[0], item.value, joined([own_list(form, item), wired(item)]))
    return labelled(item, control, is_wide=item.field.kind == Kind.LONG_TEXT)


def own_list(form: ProfileForm, item: FormItem) -> SafeString:
    """Breeds are suggested."""
    is_breed = item.key == "breed" and isinstance(form.record, Pet)
    return SafeString(' list="breeds"') if is_breed else NOTHING


def secret(form: ProfileForm, item: FormItem) -> SafeString:
    said = gettext("One is saved. Type a new one to replace it.")
    return stored(item, typed(form, item), icon("lock"), said)


def photo(_form: ProfileForm, item: FormItem) -> SafeString:
    control = labelled(item, upload(item.names[0], "image/*", wired(item)))
    said = gettext("One is saved. Upload another to replace it.")
    return stored(item, control, icon("image"), said)


def stored(item: FormItem, control: SafeString, sign: SafeString, said: str) -> SafeString:
    """A field that does not show its answer, and how to take it away."""
    more = NOTHING
    if len(item.names) > 1:
        name = item.names[1]
        clear = check(
            name, gettext("Remove the saved one"),
            is_checked=item.values[1] not in ("", "false"), errors=item.errors_of(name),
        )  # fmt: skip
        more = filled(SAVED, icon=sign, text=said, clear=clear)
    return filled(STORED, input=control, stored=more)


def yes_no(form: ProfileForm, item: FormItem) -> SafeString:
    choices = [("yes", gettext("Yes")), ("no", gettext("No"))]
    if is_nullable(form, item):
        choices.append(("", gettext("Not said")))
    return group(item, "radio", choices, [item.value])


def is_nullable(form: ProfileForm, item: FormItem) -> bool:
    if item.field.field.is_custom:
        return True
    return bool(getattr(form.record._meta.get_field(item.key), "null", False))


def group(
    item: FormItem, shape: str, choices: Sequence[tuple[str, Any]], chosen: Sequence[str], *,
    is_wide: bool = False,
) -> SafeString:  # fmt: skip
    name, asked = item.names[0], item.field
    return chips(
        shape, name, asked.label, choices, chosen, told=asked.help, errors=item.errors_of(name),
        is_required=asked.is_required, is_wide=is_wide,
    )  # fmt: skip


def several(form: ProfileForm, item: FormItem) -> SafeString:
    if item.field.kind == Kind.SITTERS:
        choices: Sequence[tuple[str, Any]] = form.links.offered(item.field.field)
    else:
        choices = form.choices_of(item.field)
    drawn = group(item, "checkbox", choices, item.value, is_wide=True)
    return joined([filled(MARKER, name=item.names[0]), drawn])


def choice(form: ProfileForm, item: FormItem) -> SafeString:
    options = options_of((("", "—"), *form.choices_of(item.field)))
    return labelled(item, select(item.names[0], options, item.value, wired(item)))


def link(form: ProfileForm, item: FormItem) -> SafeString:
    """A select of rows."""
    control = select(item.names[0], options_for(form, item), item.value, wired(item))
    return labelled(item, control)


def options_for(form: ProfileForm, item: FormItem) -> Options:
    """The rows to choose from, drawn once for all fields that offer the same."""
    asked, kept = item.field.field, form.links.__dict__.setdefault("_drawn", {})
    is_default = asked.kind == Kind.TERRITORY and not asked.is_custom
    own = asked.key if form.links.has_own_list(asked) else ""
    key = asked.kind, is_default, own
    if key not in kept:
        empty = gettext("Default for zip") if is_default else gettext("None")
        new = [(NEW, gettext("New vet…"))] if asked.kind == Kind.VET else []
        kept[key] = rows_of((("", empty), *form.links.offered(asked), *new))
    drawn: Options = kept[key]
    return drawn


#: A list looks the same in every form until one of its rows changes.
rows_of = lru_cache(maxsize=32)(Options)


def vet(form: ProfileForm, item: FormItem) -> SafeString:
    """One of the list, or a new one described beside it."""
    rest = zip(item.names[1:], item.values[1:], NEW_VET.items(), strict=True)
    parts = joined(
        field(
            name, label,
            line(new_vet_fields[part].widget, name, value, wiring(name, "", item.errors_of(name))),
            notes=notes(name, "", item.errors_of(name)),
        )
        for name, value, (part, (label, _length)) in rest
    )  # fmt: skip
    return joined([link(form, item), filled(NEW_PARTS, key=item.key, parts=parts)])


def date_parts(_form: ProfileForm, item: FormItem) -> SafeString:
    """Year, month and day apart, because any of them may be unknown."""
    labels = gettext("Year"), gettext("Month"), gettext("Day")
    rows = zip(item.names, item.values, labels, date_part_fields().values(), strict=True)
    parts = []
    for place, (name, value, label, asked) in enumerate(rows):
        wires = wiring(name, "" if place else item.field.help, item.errors_of(name))
        if place == 1:
            control = select(name, months(), value, wires)
        else:
            control = line(asked.widget, name, value, wires)
        parts.append(filled(PART, label=label, input=control))
    return filled(
        PARTS, first=item.names[0], label=item.field.label, parts=joined(parts),
        star=STAR if item.field.is_required else NOTHING, notes=all_notes(item),
    )  # fmt: skip


def months() -> Options:
    named = ((str(number), str(name)) for number, name in MONTHS.items())
    return options_of((("", gettext("Month")), *named))


#: How each kind is drawn.
DRAWN: dict[Kind, Callable[[ProfileForm, FormItem], SafeString]] = {
    **dict.fromkeys(SIMPLE, typed),
    Kind.SECRET: secret,
    Kind.PHOTO: photo,
    Kind.YES_NO: yes_no,
    Kind.CHOICE: choice,
    Kind.CHOICES: several,
    Kind.SITTERS: several,
    Kind.SITTER: link,
    Kind.TERRITORY: link,
    Kind.VET: vet,
    Kind.PARTIAL_DATE: date_parts,
}
#: Kinds that choose one of the rows of a list.
SELECTS = frozenset({Kind.SITTER, Kind.TERRITORY, Kind.VET})
#: Stands for the options of a select; no text that is kept has it.
HOLE = "\0"
#: Kinds that choose among rows.
LISTS = SELECTS | {Kind.SITTERS}
