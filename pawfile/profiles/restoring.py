"""An earlier value is put back: read back from the words of the history, asked as a form asks.

The history keeps texts as people read them, so each kind has its way from the words to what a form
sends. What was read back must read the same again, or it is not put back at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.forms import DATE_PARTS, NO, YES
from pawfile.fields.policy import Policy, PolicyField
from pawfile.fields.registry import Kind
from pawfile.history.models import FieldChange
from pawfile.lib.text import fold
from pawfile.options.models import SiteOptions
from pawfile.profiles.changes import WITHOUT_WAY_BACK
from pawfile.profiles.conflicts import texts_after
from pawfile.profiles.forms import ClientForm, PetForm, ProfileForm
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile

#: Kinds whose words are what a form sends.
AS_TYPED = frozenset(
    {
        Kind.TEXT,
        Kind.LONG_TEXT,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.EMAILS,
        Kind.TAGS,
        Kind.NUMBER,
    }
)
BETWEEN = ", "
Posted = dict[str, Any]


class RestoreError(Exception):
    """The value cannot be put back; the text says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What an action takes, or in ``refusal`` why there is nothing to take."""

    values: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    refusal: str = ""


def change_to_restore(record: Client | Pet, pk: int, policy: Policy, reader: User) -> Any:
    """The change of this number, if it is the record's and of a field that the reader sees."""
    changes: QuerySet[Any] = record.changes.filter(pk=pk).readable_by(reader)
    return changes.filter(key__in=policy.keys).select_related("changed_by").first()


def restored(record: Profile, change: FieldChange, *, by: User, company: SiteOptions) -> Restored:
    """The value that the field had before this change, checked as if it were typed today."""
    made: Any = ClientForm if isinstance(record, Client) else PetForm
    form: ProfileForm = made(record=record, by=by, company=company, only={change.key})
    item, text = form.policy.fields[change.key], change.old_text
    try:
        if record.field_text(item.field) == text and item.kind not in WITHOUT_WAY_BACK:
            raise RestoreError(_("It is like that already."))
        posted = posted_of(form, item, text)
        form = made(record=record, by=by, company=company, only={change.key}, data=posted)
        refuse_unless_same(form, item, text)
    except RestoreError as refusal:
        return Restored(refusal=str(refusal))
    return Restored(form.values, form.warnings)


def refuse_unless_same(form: ProfileForm, item: PolicyField, text: str) -> None:
    if not form.is_valid():
        words = [word for _place, _label, word in form.problems]
        if not text:
            words = [_("It was empty then, and must be filled in now.")]
        raise RestoreError(" ".join(dict.fromkeys(words)))
    if item.key not in form.values:
        raise RestoreError(
            _("The field is not asked of this profile now. Look at what decides it.")
        )
    if texts_after(form)[item.key] != text:
        raise RestoreError(unreadable(text))


def unreadable(text: str) -> str:
    words = _("“%s” cannot be read back from the history. Edit the profile and enter it there.")
    return words % short(text)


def no_choice(text: str) -> str:
    return _("“%s” is no valid choice any more. Edit the profile and choose another one.") % text


def short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


def posted_of(form: ProfileForm, item: PolicyField, text: str) -> Posted:
    """What a form sends for this text. Raises ``RestoreError``."""
    key, kind = item.key, item.kind
    if kind == Kind.SECRET:
        raise RestoreError(_("Codes are not kept in the history. Enter the code in the form."))
    if kind == Kind.PHOTO:
        raise RestoreError(_("The history keeps no photos. Choose the photo in the form."))
    if kind == Kind.OWNER:
        raise RestoreError(_("The owner is chosen in the pet’s form, where all homes are listed."))
    if kind in AS_TYPED:
        return {key: text}
    if not text:
        return blank(item)
    ways: dict[Kind, Callable[[], Posted]] = {
        Kind.YES_NO: lambda: {key: yes_or_no(text)},
        Kind.DATE: lambda: {key: date_of(text)},
        Kind.PARTIAL_DATE: lambda: partial_date(key, text),
        Kind.CHOICE: lambda: {key: chosen(labels_of(form, item), text)},
        Kind.CHOICES: lambda: several(key, labels_of(form, item), text),
        Kind.VET: lambda: {key: row_of(form, item, text)},
        Kind.SITTER: lambda: {key: row_of(form, item, text)},
        Kind.TERRITORY: lambda: {key: territory_of(form, item, text)},
        Kind.SITTERS: lambda: several(key, swapped(form.links.offered(item.field)), text),
    }
    return ways[kind]()


def blank(item: PolicyField) -> Posted:
    if item.kind == Kind.PARTIAL_DATE:
        return {f"{item.key}_{part}": "" for part in DATE_PARTS}
    if item.kind in (Kind.CHOICES, Kind.SITTERS):
        return {f"{item.key}_shown": "1"}
    return {item.key: ""}


def yes_or_no(text: str) -> str:
    word = fold(text).strip()
    if word in {fold(_("Yes")), *YES}:
        return "yes"
    if word in {fold(_("No")), *NO}:
        return "no"
    raise RestoreError(unreadable(text))


def date_of(text: str) -> str:
    """Of "12 Apr 2026" the ISO date, whatever the months are called."""
    parts = text.split(" ")
    day, year = number(parts[0]), number(parts[-1])
    for month in range(1, 13):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if format_date(found, "j M Y") == text:
            return found.isoformat()
    raise RestoreError(unreadable(text))


def partial_date(key: str, text: str) -> Posted:
    """ "2019", "Apr 2019" or "12 Apr 2019"."""
    parts = text.split(" ")
    found = [parts[-1], "", ""]
    if len(parts) == 3:
        found = date_of(text).split("-")
    elif len(parts) == 2:
        found = date_of(f"1 {text}").split("-")[:2] + [""]
    digits = [part.lstrip("0") for part in found]
    return dict(zip([f"{key}_{part}" for part in DATE_PARTS], digits, strict=True))


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


Labels = list[tuple[str, str]]  # (label, value)


def labels_of(form: ProfileForm, item: PolicyField) -> Labels:
    return swapped(form.choices_of(item))


def swapped(choices: Iterable[tuple[str, Any]]) -> Labels:
    return [(str(label), value) for value, label in choices]


def chosen(labels: Labels, text: str) -> str:
    for label, value in labels:
        if text == label:
            return value
    raise RestoreError(no_choice(text))


def several(key: str, labels: Labels, text: str) -> Posted:
    """Names one after the other; one of them may have a comma itself: the longest that fits."""
    found, left = [], text
    while left:
        fitting = [each for each in labels if f"{left}{BETWEEN}".startswith(f"{each[0]}{BETWEEN}")]
        if not fitting:
            raise RestoreError(no_choice(left.split(BETWEEN)[0]))
        label = max(fitting, key=lambda each: len(each[0]))[0]
        found.append(only_one(labels, label))
        left = left[len(label) + len(BETWEEN) :]
    return {key: found, f"{key}_shown": "1"}


def only_one(labels: Labels, text: str) -> str:
    """The value of this name, if it is one row's alone."""
    values = [value for label, value in labels if label == text]
    if not values:
        raise RestoreError(
            _("“%s” is not there to choose any more. Edit the profile and choose another.") % text
        )
    if len(values) > 1:
        raise RestoreError(
            _("More than one is called “%s”. Edit the profile and choose the right one.") % text
        )
    return values[0]


def row_of(form: ProfileForm, item: PolicyField, text: str) -> str:
    return only_one(swapped(form.links.offered(item.field)), text)


def territory_of(form: ProfileForm, item: PolicyField, text: str) -> str:
    """None is set where the zip code decides."""
    before, after = _("{territory} (by zip)").split("{territory}")
    if item.key == "territory" and text.startswith(before) and text.endswith(after):
        return ""
    return row_of(form, item, text)
