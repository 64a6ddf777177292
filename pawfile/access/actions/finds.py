"""Codes in free text: noticed when something is saved, moved into the vault, or let be."""

import re
from collections.abc import Container, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.access.models import Find, FindState
from pawfile.access.models.find import new_find
from pawfile.access.texts import SHORT_POINTER, Suspect, pointer, suspects_in, text_fields, without
from pawfile.accounts.models import User
from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import Field
from pawfile.lib.columns import key_ring
from pawfile.lib.text import words
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import ClientWord, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.schedule.actions.texts import rewrite_texts
from pawfile.schedule.models import Visit
from pawfile.schedule.saved import Worded
from pawfile.search.models import Vocabulary

#: What to keep when the field has another code already.
SAVED, TEXT = "saved", "text"


class FilledError(ValidationError):
    """The vault's field has another code; nobody has said which is right."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("%s has a code in the vault already, and it is another one. Which is right?") % label,
            code="filled",
        )


class GoneError(ValidationError):
    """The text was changed meanwhile, and the code is not in it any more."""

    def __init__(self) -> None:
        super().__init__(_("The text was changed meanwhile. There is nothing to move any more."))


def look_at(record: Profile, options: SiteOptions) -> None:
    """Bring the finds of a saved client or pet up to date. What was dismissed stays dismissed.

    Only what the save changed is read: most saves touch one field of a hundred.
    """
    fields, changed = catalogue(record.subject.key, options), record.changed_keys
    keys = {field.key for field in text_fields(fields) if changed is None or field.key in changed}
    if keys:
        suspects = list(suspects_in(record, fields, keys=keys))
        note_finds(record, suspects, Find.objects.of(record).filter(key__in=keys))
    if isinstance(record, Pet) and changed and "client" in changed:
        Find.objects.of(record).update(client=record.client)


def look_at_words(record: Worded, key: str) -> None:
    """The same for words about a visit. What was dismissed about a client's visits stays so,
    whichever of them it is said of again."""
    suspects = list(suspects_in(record, keys={key}))
    if suspects:
        dismissed = Find.objects.in_visits().filter(
            client=record.client_id, state=FindState.DISMISSED
        )
        settled = set(dismissed.values_list("digest", flat=True))
        suspects = news(record, suspects, settled=settled)
    note_finds(record, suspects, Find.objects.of(record).filter(key=key))


def news(record: Worded, suspects: Iterable[Suspect], *, settled: Container[str]) -> list[Suspect]:
    """Without what was dismissed, and what a visit has of its series: the series is asked about."""
    if isinstance(record, Visit) and record.series is not None:
        common = {suspect.digest for suspect in suspects_in(record.series)}
        suspects = [each for each in suspects if each.key != "note" or each.digest not in common]
    return [each for each in suspects if each.digest not in settled]


@transaction.atomic
def note_finds(record: Any, suspects: Iterable[Suspect], stored: Iterable[Find]) -> int:
    """Write down what is new, open again what came back, close what is gone; how many are open."""
    seen = dict.fromkeys((suspect.key, suspect.digest) for suspect in suspects)
    known = {(find.key, find.digest): find for find in stored}
    new = [
        new_find(record, key=key, digest=digest)
        for key, digest in seen
        if (key, digest) not in known
    ]
    if new:
        Find.objects.bulk_create(new, ignore_conflicts=True)
    ended = {FindState.MOVED.value, FindState.GONE.value}
    back = [known[each].pk for each in seen.keys() & known.keys() if known[each].state in ended]
    gone = [
        find.pk for each, find in known.items() if find.state == FindState.OPEN and each not in seen
    ]
    if back:
        Find.objects.filter(pk__in=back).update(
            state=FindState.OPEN, found_at=timezone.now(), decided_by=None, decided_at=None
        )
    if gone:
        Find.objects.filter(pk__in=gone).update(state=FindState.GONE, decided_at=timezone.now())
    return sum(1 for each in seen if each not in known or known[each].state != FindState.DISMISSED)


@transaction.atomic
def move_into_vault(*, find: Find, into: Field, is_for_pet: bool, by: User, keep: str = "") -> None:
    """Seal the code in ``into`` (of the pet, or of the client), leave a pointer in the text.

    It goes from what the texts were in earlier days and from the words of the search too; one about
    a visit goes from everything that was written about the visits of the client. When the field has
    another code, ``keep`` says which is right: SAVED or TEXT; FilledError without it. Raises
    GoneError and StaleRecordError.
    """
    if find.is_in_visits:
        move_from_visits(find, into, by, keep)
    else:
        move_from_profile(find, into, is_for_pet=is_for_pet, by=by, keep=keep)


def move_from_profile(find: Find, into: Field, *, is_for_pet: bool, by: User, keep: str) -> None:
    record: Any = find.record
    stored = record.locked()
    field = catalogue(record.subject.key)[find.key]
    code, text = code_in(record, find), record.field_value(field)
    target: Any = record if is_for_pet or find.pet is None else find.client
    sealed = to_seal(target, into, code, keep)
    find.pointer = pointer(str(into.label))
    if not has_room(record, field, without(text, find.digest, find.pointer)):
        find.pointer = SHORT_POINTER
    values: dict[str, Any] = {field.key: without(text, find.digest, find.pointer)}
    if target is record:
        values |= sealed
    elif sealed:
        update_client(target, values=sealed, by=by)
    save = update_pet if isinstance(record, Pet) else update_client
    save(record, values=values, by=by)
    scrub_history(stored, field, find.digest, code, pointer(str(into.label)))
    forget_words(code)
    decide(find, FindState.MOVED, by)


def move_from_visits(find: Find, into: Field, by: User, keep: str) -> None:
    client = lock_client(find.client)
    code, instead = code_in(find.record, find), pointer(str(into.label))
    sealed = to_seal(client, into, code, keep)
    if sealed:
        update_client(client, values=sealed, by=by)
    rewrite_texts(
        client=client,
        change=lambda text: without(text, find.digest, instead),
        quoted=lambda text: scrubbed(text, find.digest, code, instead),
        said=_("A code was moved into the vault"),
        by=by,
    )
    for each in Find.objects.in_visits_like(find).filter(state=FindState.OPEN):
        decide(each, FindState.MOVED, by)


def code_in(record: Profile | Worded, find: Find) -> str:
    """The code that was found, out of the text as it is now."""
    for suspect in suspects_in(record, keys={find.key}):
        if suspect.digest == find.digest:
            return suspect.text[suspect.span.start : suspect.span.end].strip()
    raise GoneError


def to_seal(target: Any, into: Field, code: str, keep: str) -> dict[str, Any]:
    """What to save in the vault; nothing if the code that is there already is the right one."""
    secret = target.field_value(into)
    is_other = bool(secret) and not key_ring().matches(secret, code)
    if is_other and keep not in (SAVED, TEXT):
        raise FilledError(str(into.label))
    return {} if is_other and keep == SAVED else {into.key: code, **answered(target, into)}


def has_room(record: Profile, field: Field, text: str) -> bool:
    """A line has room for so many letters only."""
    column = None if field.is_custom else record._meta.get_field(field.key)
    room = getattr(column, "max_length", None)
    return room is None or len(text) <= room


def answered(record: Profile, into: Field) -> dict[str, Any]:
    """The answer on which the field depends, where there is none yet: a code needs an alarm."""
    condition = into.shown_when
    if condition is None:
        return {}
    field = record.field(condition.key)
    value = record.field_value(field)
    return {condition.key: condition.value} if value in (None, "") else {}


def scrub_history(record: Any, field: Field, digest: str, code: str, instead: str) -> None:
    """Take the code out of what the field was in earlier days."""
    rows = type(record).change_model.objects.filter(record=record, key=field.key)
    for change in rows:
        old, new = (
            scrubbed(text, digest, code, instead) for text in (change.old_text, change.new_text)
        )
        if (old, new) != (change.old_text, change.new_text):
            rows.filter(pk=change.pk).update(old_text=old, new_text=new)


def scrubbed(text: str, digest: str, code: str, instead: str) -> str:
    """Also where nothing around it says that it is a code."""
    exactly = re.compile(rf"(?<!\w){re.escape(code)}(?!\w)")
    return exactly.sub(lambda _found: instead, without(text, digest, instead))


def forget_words(code: str) -> None:
    """Out of the vocabulary, unless somebody is found by that word."""
    for word in words(code):
        if not ClientWord.objects.filter(word=word).exists():
            Vocabulary.objects.filter(word=word).delete()


@transaction.atomic
def dismiss_find(*, find: Find, by: User) -> None:
    """It is no code: never asked again of this text, or of any about the visits of the client."""
    finds = Find.objects.in_visits_like(find) if find.is_in_visits else [find]
    for each in finds:
        decide(each, FindState.DISMISSED, by)


def decide(find: Find, state: FindState, by: User) -> None:
    find.state, find.decided_by, find.decided_at = state, by.actor, timezone.now()
    find.save(update_fields=["state", "decided_by", "decided_at", "pointer"])
