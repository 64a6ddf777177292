"""What two administrators made of the same field at once: what is saved beside what was typed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pawfile.fields.forms.options import FieldForm
from pawfile.fields.registry import Label


@dataclass(frozen=True, slots=True)
class Difference:
    label: Label
    saved: str
    typed: str


def differences(form: FieldForm) -> list[Difference]:
    """Every setting that is saved otherwise than it was typed, in words."""
    return list(found(form))


def found(form: FieldForm) -> Iterator[Difference]:
    for name in form.changed_data:
        if name == "seen":
            continue
        bound = form[name]
        saved, typed = (in_words(form, name, value) for value in (bound.initial, bound.value()))
        yield Difference(bound.label, saved, typed)


def in_words(form: FieldForm, name: str, value: object) -> str:
    if name == "choices":
        rows = [row for row in value or [] if row["label"]]  # type: ignore[attr-defined]
        return ", ".join(
            _("%s (retired)") % row["label"] if row["is_retired"] else row["label"] for row in rows
        )
    if name in ("is_searched", "is_safety_critical"):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(value) or _("All")
    known = words_of_choices(getattr(form.fields[name], "choices", ()))
    return known.get(str(value), str(value)) or _("empty")


def words_of_choices(choices: object) -> dict[str, str]:
    """Value → words of a select, groups opened."""
    words: dict[str, str] = {}
    for value, label in choices or ():  # type: ignore[attr-defined]
        if isinstance(label, list):
            words |= words_of_choices(label)
        else:
            words[str(value)] = str(label)
    return words
