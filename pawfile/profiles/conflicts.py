"""Two people edit one record: the later save is told what the other changed, and decides."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from pawfile.fields.registry import MANY_KINDS, Kind, Label
from pawfile.profiles.actions import NewVet, apply_values
from pawfile.profiles.display import who_text
from pawfile.profiles.forms import ProfileForm
from pawfile.profiles.models.profile import LINKS

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field somebody else changed since the form was opened."""

    key: str
    label: Label
    old: str
    theirs: str
    mine: str
    who: str
    is_secret: bool
    suggested: str


@dataclass(frozen=True, slots=True)
class Conflicts:
    """``open`` waits for an answer; ``decided`` are answers given on this or an earlier page."""

    open: list[Conflict] = field(default_factory=list)
    decided: dict[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return bool(self.open)

    def kept(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values without those where the other person's stay."""
        return {key: value for key, value in values.items() if self.decided.get(key) != THEIRS}


def decisions(form: ProfileForm) -> dict[str, str]:
    """Key → mine or theirs, as posted with ``keep_<key>``."""
    posted = {key: form.data.get(f"keep_{key}") for key in form.inputs}
    return {key: choice for key, choice in posted.items() if choice in (MINE, THEIRS)}


def conflicts_of(form: ProfileForm) -> Conflicts:
    """What was saved by others since the version the form was opened with.

    Fields only the other one touched are suggested to stay theirs. Where both came to the same
    answer, there is nothing to ask.
    """
    record, decided = form.record, decisions(form)
    opened = form.cleaned_data.get("version") or record.version
    changes: dict[str, Any] = {}
    if opened < record.version:
        model: Any = record.change_model
        since = model.objects.filter(record=record, version__gt=opened, key__in=form.values)
        for change in since.readable_by(form.by).select_related("changed_by").order_by("pk"):
            changes.setdefault(change.key, []).append(change)
    mine = texts_after(form) if changes else {}
    found = []
    for key, saves in changes.items():
        is_secret = form.policy.fields[key].kind == Kind.SECRET
        theirs = saves[-1].new_text
        if not is_secret and is_same_answer(form, key, mine[key]):
            continue
        untouched = not is_secret and mine[key] == saves[0].old_text
        found.append(
            Conflict(
                key=key,
                label=form.policy.fields[key].label,
                old=saves[0].old_text,
                theirs=theirs,
                mine=mine[key],
                who=who_text(saves[-1].changed_by, reader=form.by, company=form.company),
                is_secret=is_secret,
                suggested=THEIRS if untouched else MINE,
            )
        )
    return Conflicts(found, decided)


def is_same_answer(form: ProfileForm, key: str, text: str) -> bool:
    """Whether the form says what is saved by now. Rows are told by id: two photos read alike."""
    record, value = form.record, form.values[key]
    field = form.policy.fields[key].field
    kind = field.kind
    if kind == Kind.SITTERS:
        return set(value) == set(getattr(record, key).all())
    if kind in LINKS and (value is None or isinstance(value, Model)):
        return bool(record.field_value(field) == (value and value.pk))
    return text == record.field_text(field) and kind not in LINKS


def texts_after(form: ProfileForm) -> dict[str, str]:
    """Key → what the field would read if this form were saved."""
    record, texts = copy.copy(form.record), {}
    plain = {
        key: value
        for key, value in form.values.items()
        if form.policy.fields[key].kind not in (Kind.SECRET, Kind.PHOTO)
        and not isinstance(value, NewVet)
    }
    apply_values(record, plain, form.company)
    for key, value in form.values.items():
        field = form.policy.fields[key].field
        kind = field.kind
        if isinstance(value, NewVet):
            texts[key] = value.name
        elif kind in MANY_KINDS:
            texts[key] = ", ".join(sorted(str(item) for item in value))
        elif kind == Kind.PHOTO:
            texts[key] = str(value or "")
        else:
            texts[key] = record.field_text(field)
    return texts
