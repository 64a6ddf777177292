"""Giving a field of the company's own another kind: tried first, and never at the cost of answers.

The field of the new kind is another field in the same place; the old one is archived with every
answer as it was. What does not convert is thus still there, under the old field.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields import rules
from pawfile.fields.actions import custom_row, in_use, rule_of
from pawfile.fields.catalogue import ROLES, catalogue
from pawfile.fields.edits import edited
from pawfile.fields.forms import LINE_LENGTH, NO, YES, plain_field
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.policy import PolicyField
from pawfile.fields.registry import Access, Field, Kind, model_of, reindex
from pawfile.fields.values import LINK_KINDS, SEARCHED_KINDS, to_json
from pawfile.lib.text import fold

#: Kinds an answer can become. The others name rows or files, which no text can make up.
TARGETS = (
    Kind.TEXT, Kind.LONG_TEXT, Kind.YES_NO, Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.CHOICES,
    Kind.EMAIL, Kind.EMAILS, Kind.PHONE, Kind.SECRET,
)  # fmt: skip
SHOWN = 50
BATCH = 1000
Converted = tuple[Any, Any, str]


@dataclass(slots=True)
class Conversion:
    """What would become of the answers: of ``total`` so many ``converted``; the first ``lost``."""

    total: int = 0
    converted: int = 0
    lost: list[tuple[Any, str]] = field(default_factory=list)
    choices: list[rules.Choice] = field(default_factory=list)

    @property
    def lost_count(self) -> int:
        return self.total - self.converted


def preview_kind(subject: str, key: str, kind: str) -> Conversion:
    """A dry run: nothing is written. Raises ``ValidationError`` if the kind cannot be had."""
    old = convertible(subject, key, kind)
    found = Conversion(choices=choices_from(subject, old, Kind(kind)))
    for record, stored, text in conversions(subject, old, target(old, Kind(kind), found.choices)):
        found.total += 1
        if stored is not None:
            found.converted += 1
        elif len(found.lost) < SHOWN:
            found.lost.append((record, text))
    return found


def change_kind(*, subject: str, key: str, kind: str, by: User) -> CustomField:
    """Put a field of the new kind in the old one's place, with the answers that convert."""
    with edited(subject, by=by) as edit:
        old, row = convertible(subject, key, kind), custom_row(subject, key)
        choices = choices_from(subject, old, Kind(kind))
        new = CustomField(
            subject=subject,
            label=row.label,
            kind=kind,
            choices=choices,
            is_searched=row.is_searched and kind in SEARCHED_KINDS,
            is_safety_critical=row.is_safety_critical,
        )
        new.save()
        copy_rule(subject, old, new)
        row.archived_at, row.replaced_by = timezone.now(), new
        row.save()
        edit.text = _("Changed the kind of “%s”") % old.label
        write_answers(subject, old, new.as_field())
        if new.is_searched:
            reindex(subject, new.key)
        return new


def convertible(subject: str, key: str, kind: str) -> Field:
    fields_of = catalogue(subject)
    old = in_use(fields_of, key)
    custom_row(subject, key)
    if kind not in TARGETS or kind == old.kind:
        raise rules.problem("kind", _("Choose another kind of answer."))
    if old.kind in (Kind.SECRET, Kind.PHOTO):
        raise rules.problem("kind", _("Codes and photos stay what they are. Make a new field."))
    led = rules.dependents(fields_of, key)
    if led:
        names = rules.labels_of(led)
        raise rules.problem("kind", _("Asked only for its answer: %s. Change that first.") % names)
    return old


def target(old: Field, kind: Kind, choices: list[rules.Choice]) -> Field:
    labels = tuple((each["value"], each["label"]) for each in choices)
    return replace(old, kind=kind, choices=labels, retired=frozenset())


def choices_from(subject: str, old: Field, kind: Kind) -> list[rules.Choice]:
    """The choices a field of choices begins with: those it had, or the answers given so far."""
    if kind not in rules.CHOICE_KINDS:
        return []
    if old.kind in rules.CHOICE_KINDS:
        labels = [str(label) for value, label in old.choices if value not in old.retired]
    else:
        given: dict[str, str] = {}
        for record in records(subject, old):
            for part in parts(record.field_text(old), kind):
                if len(part) <= rules.CHOICE_LENGTH and len(given) < rules.MOST_CHOICES:
                    given.setdefault(fold(part), part)
        labels = sorted(given.values(), key=fold)
    return rules.clean_choices(kind, [{"label": label} for label in labels or [_("Yes")]])


def parts(text: str, kind: Kind) -> list[str]:
    """What of an answer is a choice: each line or part of a list, or the whole."""
    pieces = text.replace("\n", ",").split(",") if kind == Kind.CHOICES else [text]
    return [piece for piece in (" ".join(each.split()) for each in pieces) if piece]


def records(subject: str, old: Field, *, is_locked: bool = False) -> Iterator[Any]:
    """The clients or pets with an answer, in batches by id."""
    rows = model_of(subject)._base_manager.filter(custom__has_key=old.key).order_by("pk")
    last = 0
    while True:
        batch = rows.filter(pk__gt=last)
        found = list((batch.select_for_update() if is_locked else batch)[:BATCH])
        if not found:
            return
        yield from found
        last = found[-1].pk


def conversions(subject: str, old: Field, new: Field) -> Iterator[Converted]:
    """(record, what to store or ``None``, the old answer in words) of every answer."""
    for record in records(subject, old):
        text = record.field_text(old)
        yield record, converted(old, new, record, text), text


def converted(old: Field, new: Field, record: Any, text: str) -> Any:
    """The answer as the new field stores it; ``None`` if it cannot be."""
    if new.kind in rules.CHOICE_KINDS:
        values = {fold(str(label)): value for value, label in new.choices}
        found = [values.get(fold(part)) for part in parts(text, new.kind)]
        if not found or None in found:
            return None
        return to_json(new, set(found) if new.kind == Kind.CHOICES else found[0])
    if new.kind == Kind.YES_NO:
        word = fold(text).strip()
        return True if word in YES else False if word in NO else None
    if new.kind in (Kind.TEXT, Kind.PHONE) and ("\n" in text or len(text) > LINE_LENGTH):
        return None
    if old.kind == Kind.DATE and new.kind not in (Kind.TEXT, Kind.LONG_TEXT, Kind.SECRET):
        return None
    if old.kind in LINK_KINDS and not text:
        return None
    asked = plain_field(PolicyField(new, Access.SHOW), offered=())
    try:
        cleaned = asked.clean(text) if asked else None
    except ValidationError:
        return None
    return to_json(new, cleaned)


def copy_rule(subject: str, old: Field, new: CustomField) -> None:
    """The same name, help, rights, animals, condition and place."""
    rule = rule_of(subject, old.key)
    names = ("label", "help", "section", "position", "animals", "condition", *ROLES)
    FieldRule(subject=subject, key=new.key, **{name: getattr(rule, name) for name in names}).save()


def write_answers(subject: str, old: Field, new: Field) -> None:
    """Give every record that converts its new answer beside the old one.

    It is the same answer, so it is no change of the record.
    """
    model = model_of(subject)
    save: Callable[[list[Any]], Any] = lambda rows: model._base_manager.bulk_update(  # noqa: E731
        rows, ["custom"]
    )
    waiting: list[Any] = []
    for record in records(subject, old, is_locked=True):
        stored = converted(old, new, record, record.field_text(old))
        if stored is None:
            continue
        record.custom[new.key] = stored
        waiting.append(record)
        if len(waiting) == BATCH:
            save(waiting)
            waiting.clear()
    if waiting:
        save(waiting)
