"""Every change to the catalogue is kept with the rows as they were, and the last can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.fields.models import CUSTOM_PREFIX, CatalogueEdit, CustomField, FieldRule, SectionRule
from pawfile.fields.registry import model_of
from pawfile.options.models import SiteOptions

#: Name in front of a row's key → its model and the column that is the key.
TABLES: dict[str, tuple[Any, str]] = {
    "rule": (FieldRule, "key"),
    "custom": (CustomField, "pk"),
    "section": (SectionRule, "key"),
}
ANIMALS = "animals"
Snapshot = dict[str, Any]


class Edit:
    """A change under way: ``text`` says what is being done, ``renamed`` which animals."""

    def __init__(self) -> None:
        self.text = ""
        self.renamed: list[tuple[str, str]] = []


@contextmanager
def edited(subject: str, *, by: User | None) -> Iterator[Edit]:
    """Keep what the block changes of this subject's catalogue; a block that changes nothing leaves
    nothing. Two administrators take turns: the options row is locked meanwhile."""
    with transaction.atomic():
        SiteOptions.locked()  # administrators take turns
        before, edit = snapshot(subject), Edit()
        yield edit
        after = snapshot(subject)
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        if changed:
            CatalogueEdit.objects.create(
                subject=subject,
                text=edit.text[:1000],
                before={name: before.get(name) for name in changed},
                after={name: after.get(name) for name in changed},
                renamed=edit.renamed,
                done_by=by,
            )
            tell(subject, edit.text, by)


def snapshot(subject: str) -> Snapshot:
    """Every row of the subject's catalogue by its name, as plain values."""
    found: Snapshot = {}
    for name, (model, key) in TABLES.items():
        for row in model.objects.of(subject):
            found[f"{name}/{getattr(row, key)}"] = columns_of(row)
    if subject == "pet":
        found[ANIMALS] = list(SiteOptions.load().animals)
    return found


def columns_of(row: Any) -> dict[str, Any]:
    values = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.name not in ("id", "subject")
    }
    moments = {key: value.isoformat() for key, value in values.items() if is_moment(value)}
    return values | moments


def is_moment(value: Any) -> bool:
    return isinstance(value, datetime)


def last_edit(subject: str) -> CatalogueEdit | None:
    """The newest change that has not been undone."""
    return CatalogueEdit.objects.filter(subject=subject, undone_at=None).first()


@transaction.atomic
def undo_last(*, subject: str, edit: int, by: User | None) -> CatalogueEdit:
    """Take the last change back; ``edit`` is the one the person means.

    Raises ``ValidationError`` if another change came since.
    """
    SiteOptions.locked()
    last = last_edit(subject)
    if last is None or last.pk != edit:
        raise ValidationError(_("Somebody has changed the fields since. Look again, then undo."))
    now = snapshot(subject)
    if any(now.get(name) != value for name, value in last.after.items()):
        raise ValidationError(_("These fields have been changed since. Nothing was undone."))
    for name, columns in last.before.items():
        put_back(subject, name, columns)
    rename_animals([(new, old) for old, new in last.renamed])
    last.undone_at, last.undone_by = timezone.now(), by
    last.save(update_fields=["undone_at", "undone_by"])
    tell(subject, _("Undone: %s") % last.text, by)
    return last


def tell(subject: str, text: str, by: User | None) -> None:
    about = _("Client fields") if subject == "client" else _("Pet fields")
    record_activity(by=by, kind=ActivityKind.FIELD, key=subject, about=about, new=text)


def put_back(subject: str, name: str, columns: Any) -> None:
    """One row as it was. A field made since is archived with its rule: what was answered meanwhile
    stays, and so does who may see it, should the field come back."""
    if name == ANIMALS:
        SiteOptions.objects.filter(pk=1).update(animals=columns)
        SiteOptions.renew_fields()
        return
    table, _slash, value = name.partition("/")
    model, key = TABLES[table]
    row = model.objects.of(subject).filter(**{key: value}).first()
    if columns is None:
        if isinstance(row, CustomField):
            row.archived_at = timezone.now()
            row.save()
        elif row is not None and not value.startswith(CUSTOM_PREFIX):
            row.delete()
        return
    row = row or model(subject=subject, **{key: value})
    for column, stored in columns.items():
        is_time = column == "archived_at" and stored is not None
        setattr(row, column, datetime.fromisoformat(stored) if is_time else stored)
    row.save()


def rename_animals(renamed: list[tuple[str, str]]) -> None:
    """Give pets, and rules that name animals, the new names. The answer is the same animal, so
    it is no change of the pet."""
    names = dict(renamed)
    if not names:
        return
    pets: Any = model_of("pet")._base_manager
    for old, new in renamed:
        pets.filter(animal=old).update(animal=new)
    for rule in FieldRule.objects.of("pet"):
        animals = [names.get(animal, animal) for animal in rule.animals]
        if animals != rule.animals:
            rule.animals = animals
            rule.save()
