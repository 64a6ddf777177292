"""Which of two answers stays, field by field, and how it gets from one record to the other.

Values go over as they are stored: a secret as its sealed token, which nobody opens for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from pawfile.fields.catalogue import catalogue
from pawfile.fields.policy import Policy
from pawfile.fields.registry import MANY_KINDS, Field, Kind
from pawfile.lib.dates import PartialDate
from pawfile.lib.vault import Secret
from pawfile.profiles.models import Client
from pawfile.profiles.models.profile import LINKS, Profile

P = TypeVar("P", bound=Profile)


class Pick(StrEnum):
    """Whose answer stays."""

    KEPT = "kept"
    GONE = "gone"
    BOTH = "both"


Picks = Mapping[str, Pick]
#: Kinds of which both answers can stay: one after the other, or all of them.
JOINED = {Kind.LONG_TEXT, Kind.EMAILS, Kind.CHOICES}
#: As long as a long text may be.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which the two differ, as the page asks for it."""

    key: str
    label: str
    kept: str
    gone: str
    picked: Pick
    is_joined: bool

    @property
    def name(self) -> str:
        return f"pick_{self.key}"


def fields_of(record: Profile) -> list[Field]:
    """All fields of which one answer can stay; tags and blocked sitters simply come together."""
    found = catalogue(record.subject.key)
    every = [*found.fields.values(), *found.archived.values()]
    return [each for each in every if each.kind not in MANY_KINDS | {Kind.OWNER}]


def stored(record: Profile, field: Field) -> Any:
    """The answer as JSON, as it is stored."""
    if field.is_custom:
        return record.custom.get(field.key)
    if field.kind == Kind.PARTIAL_DATE:
        born = record.partial_date(field.key)
        return [born.year, born.month, born.day]
    if field.kind in LINKS or field.kind == Kind.PHOTO:
        return getattr(record, f"{field.key}_id")
    value = getattr(record, field.key)
    if field.kind == Kind.SECRET:
        return value.token_for_database
    if field.kind == Kind.PHONE and isinstance(record, Client):
        return [value, record.phones_e164.get(field.key, "")]
    return value


def put(record: Profile, field: Field, value: Any) -> None:
    if field.is_custom:
        record.custom = {key: each for key, each in record.custom.items() if key != field.key}
        if value is not None:
            record.custom[field.key] = value
    elif field.kind == Kind.PARTIAL_DATE:
        setattr(record, field.key, PartialDate(*value))
    elif field.kind in LINKS or field.kind == Kind.PHOTO:
        setattr(record, f"{field.key}_id", value)
    elif field.kind == Kind.SECRET:
        setattr(record, field.key, Secret(value or ""))
    elif field.kind == Kind.PHONE and isinstance(record, Client):
        setattr(record, field.key, value[0])
        others = {key: each for key, each in record.phones_e164.items() if key != field.key}
        record.phones_e164 = others | ({field.key: value[1]} if value[1] else {})
    else:
        setattr(record, field.key, value)


def joined(kept: Any, gone: Any) -> Any:
    """Both answers: two texts one after the other, two lists as one without doubles."""
    if isinstance(kept, list) or isinstance(gone, list):
        return list(dict.fromkeys([*(kept or []), *(gone or [])]))
    texts = [text for text in (kept or "", gone or "") if text.strip()]
    return "\n\n".join(dict.fromkeys(texts))


def usual(kept: Profile, gone: Profile, field: Field) -> Pick:
    """Nothing is lost that only one of them has."""
    if kept.has_value(field) or not gone.has_value(field):
        return Pick.KEPT
    return Pick.GONE


def choices(kept: Profile, gone: Profile, policy: Policy, picks: Picks) -> list[Choice]:
    """The fields in which the two differ and which the reader may change."""
    found = []
    for field in fields_of(kept):
        is_asked = policy.can_edit(field.key) and stored(kept, field) != stored(gone, field)
        if is_asked and (kept.has_value(field) or gone.has_value(field)):
            found.append(
                Choice(
                    key=field.key,
                    label=str(policy.fields[field.key].label),
                    kept=text_of(kept, field),
                    gone=text_of(gone, field),
                    picked=picks.get(field.key, usual(kept, gone, field)),
                    is_joined=can_join(kept, gone, field),
                )
            )
    return found


def can_join(kept: Profile, gone: Profile, field: Field) -> bool:
    if field.kind not in JOINED or not (kept.has_value(field) and gone.has_value(field)):
        return False
    both = joined(stored(kept, field), stored(gone, field))
    return not isinstance(both, str) or len(both) <= LONGEST


def text_of(record: Profile, field: Field) -> str:
    """The answer in words; of a secret only that there is one."""
    if field.kind == Kind.SECRET:
        return _("A code is set") if record.has_value(field) else ""
    if field.kind == Kind.PHOTO and record.has_value(field):
        return _("A photo")
    return record.field_text(field)


def take(kept: Profile, gone: Profile, picks: Picks) -> dict[str, Any]:
    """Put what was picked on the one that stays: key → before and after. Where nothing was picked,
    what only the other one has is taken."""
    taken = {}
    for field in fields_of(kept):
        before, other = stored(kept, field), stored(gone, field)
        pick = picks.get(field.key, usual(kept, gone, field))
        if pick == Pick.BOTH and not can_join(kept, gone, field):
            pick = Pick.KEPT
        after = {Pick.KEPT: before, Pick.GONE: other}.get(pick)
        if pick == Pick.BOTH:
            after = joined(before, other)
        if after != before:
            put(kept, field, after)
            taken[field.key] = {"before": before, "after": after}
    return taken


def read_picks(posted: Mapping[str, str], keys: Iterable[str]) -> dict[str, Pick]:
    """What was picked on the page, of the fields that were asked for."""
    found = {key: posted.get(f"pick_{key}", "") for key in keys}
    return {key: Pick(value) for key, value in found.items() if value in list(Pick)}
