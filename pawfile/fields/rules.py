"""What may be said about a field: each check gives the cleaned value or a ``ValidationError`` under
the name of the form field that it is about."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pawfile.fields.registry import CONDITION_KINDS, Access, Condition, Field, Kind, Subject
from pawfile.fields.values import SEARCHED_KINDS
from pawfile.lib.text import fold

LABEL_LENGTH = 200
HELP_LENGTH = 500
CHOICE_LENGTH = 200
MOST_CHOICES = 200
MOST_CUSTOM = 500
MOST_MONTHS = 60
CHOICE_KINDS = frozenset({Kind.CHOICE, Kind.CHOICES})
#: Fields that say what a pet is cannot depend on what it is.
UNCONDITIONAL = frozenset({"client", "name", "animal"})
Choice = dict[str, Any]


def problem(name: str, message: str) -> ValidationError:
    return ValidationError({name: message})


def clean_line(name: str, text: Any, most: int) -> str:
    """One line without control characters, trimmed."""
    line = " ".join(str(text).split())
    if any(unicodedata.category(sign) == "Cc" for sign in line) or not encodable(line):
        raise problem(name, _("There are characters in it that no screen shows. Type it again."))
    if len(line) > most:
        raise problem(name, _("At most %(most)d characters; these are %(count)d.")
                      % {"most": most, "count": len(line)})  # fmt: skip
    return line


def encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def clean_months(name: str, months: int) -> int:
    if not 0 <= months <= MOST_MONTHS:
        raise problem(name, _("Say a whole number of months, from 0 (never) to 60."))
    return months


def clean_label(fields_of: Subject, text: Any, *, key: str = "") -> str:
    """A name no other field of the subject has; capitals and accents make no difference."""
    label = clean_line("label", text, LABEL_LENGTH)
    if not fold(label).strip():
        raise problem("label", _("A field needs a name."))
    for other in fields_of.fields.values():
        if other.key != key and fold(str(other.label)) == fold(label):
            raise problem("label", _("There is a field “%s” already.") % other.label)
    return label


def clean_access(field: Field, role: str, level: Any) -> Access:
    try:
        access = Access(int(level))
    except (ValueError, TypeError):
        raise problem(role, _("Choose Hide, Read only, Show or Required.")) from None
    if field.is_always_required and access != Access.REQUIRED:
        raise problem(role, _("“%s” is always required.") % field.label)
    return access


def clean_animals(field: Field, animals: Iterable[str], known: Sequence[str]) -> list[str]:
    """Animals of the company's list, or that the field has already; all of them is none named."""
    chosen = list(dict.fromkeys(animals))
    for animal in chosen:
        if animal not in known and animal not in field.animals:
            raise problem("animals", _("“%s” is not on the list of animals.") % animal)
    if chosen and field.key in UNCONDITIONAL:
        raise problem("animals", _("“%s” is asked for every pet.") % field.label)
    return [] if set(known) <= set(chosen) else sorted(chosen)


def clean_condition(
    fields_of: Subject, field: Field, condition: Condition | None
) -> Condition | None:
    """The answer on which the field depends: of a yes/no or a choice that depends on nothing."""
    if condition is None:
        return None
    other = fields_of.fields.get(condition.key)
    if other is None or other.kind not in CONDITION_KINDS or other.key == field.key:
        raise problem("condition", _("Choose another field with yes and no, or with choices."))
    if field.is_always_required or field.key in UNCONDITIONAL:
        raise problem("condition", _("“%s” is always asked.") % field.label)
    if other.shown_when is not None:
        raise problem("condition", _("“%s” depends on another field itself.") % other.label)
    led = dependents(fields_of, field.key)
    if led:
        raise problem("condition", _("Other fields depend on this one: %s.") % labels_of(led))
    if other.kind == Kind.YES_NO:
        known: set[Any] = {True, False}
    else:
        known = {value for value, _label in other.choices} - other.retired
    if condition.value not in known:
        raise problem("condition", _("Choose an answer of “%s”.") % other.label)
    return condition


def dependents(fields_of: Subject, key: str) -> list[Field]:
    """Fields that are asked only for an answer to this one, archived ones too."""
    every = [*fields_of.fields.values(), *fields_of.archived.values()]
    return [each for each in every if each.shown_when and each.shown_when.key == key]


def labels_of(fields: Iterable[Field]) -> str:
    return ", ".join(f"“{field.label}”" for field in fields)


def clean_choices(
    kind: Kind, choices: Sequence[Mapping[str, Any]], old: Sequence[Choice] = ()
) -> list[Choice]:
    """Choices in their order, each with a value of its own. One of ``old`` that is missing now is
    kept as retired, because answers may hold it."""
    if kind not in CHOICE_KINDS:
        if choices:
            raise problem("choices", _("Only fields with choices have choices."))
        return []
    known = {each["value"] for each in old}
    made: list[Choice] = []
    seen: set[str] = set()
    for each in choices:
        label = clean_line("choices", each.get("label", ""), CHOICE_LENGTH)
        if not label:
            raise problem("choices", _("A choice needs a name."))
        if fold(label) in seen:
            raise problem("choices", _("“%s” is there twice.") % label)
        seen.add(fold(label))
        value = each.get("value") or f"c{uuid4().hex[:8]}"
        if (each.get("value") and value not in known) or value in {done["value"] for done in made}:
            raise problem("choices", _("These choices are not those of this field. Open it again."))
        made.append({"value": value, "label": label, "is_retired": bool(each.get("is_retired"))})
    kept = {each["value"] for each in made}
    made += [{**each, "is_retired": True} for each in old if each["value"] not in kept]
    if all(each["is_retired"] for each in made):
        raise problem("choices", _("Name at least one choice."))
    if len(made) > MOST_CHOICES:
        raise problem("choices", _("At most %d choices.") % MOST_CHOICES)
    return made


def clean_searched(kind: Kind, wanted: Any) -> bool:
    if wanted and kind not in SEARCHED_KINDS:
        raise problem("is_searched", _("Clients are found by text, phones and e-mail only."))
    return bool(wanted)
