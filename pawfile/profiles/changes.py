"""Changes of clients and pets as one reader reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField
from pawfile.fields.registry import Kind
from pawfile.history.models import FieldChange
from pawfile.lib.differences import Piece, differences
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import who_text
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile

#: Texts shorter than this, taken together, are read faster side by side.
SHORT = 80
#: Kinds whose earlier value is in no text: the history keeps words, neither codes nor rows.
WITHOUT_WAY_BACK = frozenset({Kind.SECRET, Kind.PHOTO, Kind.OWNER})


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One field of one save. ``pieces`` are there when it is best read as one text."""

    pk: int
    changed_at: datetime
    who: str
    old: str
    new: str
    secret: bool
    pieces: Sequence[Piece] = ()
    label: str = ""
    url: str = ""
    restore_url: str = ""
    as_of_url: str = ""
    unseen: bool = False


def shown_change(
    change: FieldChange,
    item: PolicyField,
    record: Profile,
    *,
    reader: User,
    company: SiteOptions,
    policy: Policy,
    **more: Any,
) -> ShownChange:
    """``more`` is what a list of several fields says besides."""
    is_secret = item.field.is_secret
    return ShownChange(
        pk=change.pk,
        changed_at=change.changed_at,
        who=who_text(change.changed_by, reader=reader, company=company),
        old="" if is_secret else change.old_text,
        new="" if is_secret else change.new_text,
        secret=is_secret,
        pieces=pieces_of(change, item.kind),
        restore_url=restore_url(record, change) if is_restorable(item, policy, reader) else "",
        **more,
    )


def pieces_of(change: FieldChange, kind: Kind) -> Sequence[Piece]:
    old, new = change.old_text, change.new_text
    if kind != Kind.LONG_TEXT or not (old and new) or len(old) + len(new) < SHORT:
        return ()
    return differences(old, new)


def is_restorable(item: PolicyField, policy: Policy, reader: User) -> bool:
    """Whether this reader may put earlier values of the field back."""
    is_known = item.kind not in WITHOUT_WAY_BACK
    return is_known and policy.can_edit(item.key) and not reader.viewed_by


def restore_url(record: Profile, change: FieldChange) -> str:
    return reverse(f"{record.subject.key}_restore", args=[record.pk, change.pk])


def field_label(item: PolicyField, record: Profile) -> str:
    """What a list of several fields calls it; of a pet with the pet's name."""
    if isinstance(record, Pet):
        return _("{pet}: {field}").format(pet=record.name, field=item.label)
    return str(item.label)


def home_of(record: Profile) -> int:
    """The client whose timeline has the record's changes."""
    return record.client_id if isinstance(record, Pet) else record.pk


def timeline_url(client: Client | int) -> str:
    return reverse("client_timeline", args=[client if isinstance(client, int) else client.pk])
