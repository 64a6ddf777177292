"""The forms with which an administrator arranges the fields of clients and pets.

They see to the shape of the input; what makes sense is said by the actions, whose errors
``add_problems`` puts where they belong.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.fields.catalogue import ROLES
from pawfile.fields.forms.rows import Row, RowsField
from pawfile.fields.kinds import TARGETS
from pawfile.fields.models import ACCESS_CHOICES
from pawfile.fields.registry import (
    CONDITION_KINDS,
    Access,
    Condition,
    Field,
    Kind,
    Subject,
)
from pawfile.fields.values import CUSTOM_KINDS, SEARCHED_KINDS
from pawfile.fields.words import KIND_NAMES, ROLE_NAMES, answers_of

CHOICE_KINDS = (Kind.CHOICE, Kind.CHOICES)
LABEL_LENGTH, HELP_LENGTH = 200, 500
MONTHS = gettext_lazy("Say a whole number of months, from 0 (never) to 60.")


def add_problems(form: forms.Form, problem: ValidationError) -> None:
    """Put what an action refused on the fields it names; what no field has, on top."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, messages in problem.error_dict.items():
        is_here = name != NON_FIELD_ERRORS and name in form.fields
        form.add_error(name if is_here else None, messages)


def access_field(role: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=ACCESS_CHOICES,
        coerce=lambda level: Access(int(level)),
        label=ROLE_NAMES[role],
        error_messages={"invalid_choice": _("Choose one of the four.")},
    )


class AccessForm(forms.Form):
    """The three selects of a row. ``was`` is how they stood: only what was touched is changed."""

    was = forms.RegexField(r"\A[0-3]{3}\Z")
    manager = access_field("manager")
    sitter = access_field("sitter")
    client = access_field("client")

    @property
    def values(self) -> dict[str, Any]:
        was = dict(zip(ROLES, self.cleaned_data["was"], strict=True))
        return {
            role: self.cleaned_data[role]
            for role in ROLES
            if int(was[role]) != self.cleaned_data[role]
        }


class PlaceForm(forms.Form):
    """Where a field goes: ``section/key of the field it comes before``, or ``section/``."""

    place = forms.ChoiceField(label=gettext_lazy("Where to"))

    def __init__(self, fields_of: Subject, key: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (section.label, places_in(section.key, section.fields, key))
            for section in fields_of.sections
        ]

    @property
    def target(self) -> tuple[str, str]:
        section, _slash, before = self.cleaned_data["place"].partition("/")
        return section, before


def places_in(section: str, fields: Sequence[Field], key: str) -> list[tuple[str, str]]:
    others = [field for field in fields if field.key != key]
    before = [(f"{section}/{field.key}", _("before “%s”") % field.label) for field in others]
    return [*before, (f"{section}/", _("at the end"))]


class SectionForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LABEL_LENGTH,
        error_messages={"required": gettext_lazy("A section needs a name.")},
    )
    review_months = forms.IntegerField(
        label=gettext_lazy("Ask clients every so many months whether it is still right"),
        help_text=gettext_lazy(
            "They read what is in it and confirm or change it. 0: never. Who sees nothing of "
            "the section is not asked."
        ),
        min_value=0,
        max_value=60,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), MONTHS),
    )

    def clean_review_months(self) -> int:
        return self.cleaned_data["review_months"] or 0


class SwapForm(forms.Form):
    one = forms.ChoiceField(label=gettext_lazy("This field"))
    other = forms.ChoiceField(label=gettext_lazy("and this one"))

    def __init__(self, fields_of: Subject, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        choices = [("", "—"), *((field.key, field.label) for field in fields_of.custom)]
        for name in ("one", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("New kind"))

    def __init__(self, now: Kind, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, KIND_NAMES[kind]) for kind in TARGETS if kind != now
        ]


class AnimalsForm(forms.Form):
    animals = RowsField(label=gettext_lazy("Animals"))

    def __init__(self, animals: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        rows = [Row(value=name, label=name, is_retired=False) for name in animals]
        super().__init__(data, initial={"animals": rows})

    @property
    def names(self) -> list[tuple[str, str]]:
        return [
            (row["value"], row["label"])
            for row in self.cleaned_data["animals"]
            if not row["is_retired"]
        ]


class FieldForm(forms.Form):
    """Everything about one field; of a field that ships, only what a company may change.

    After ``is_valid``, ``values`` is what the actions take: no more than what was changed.
    """

    label = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LABEL_LENGTH,
        error_messages={"required": gettext_lazy("A field needs a name.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"),
        error_messages={
            "required": gettext_lazy("Choose what kind of answer the field takes."),
            "invalid_choice": gettext_lazy("Choose what kind of answer the field takes."),
        },
    )
    section = forms.ChoiceField(label=gettext_lazy("Section"))
    help = forms.CharField(
        label=gettext_lazy("Help text"),
        max_length=HELP_LENGTH,
        required=False,
        help_text=gettext_lazy("Stands under the question on forms."),
    )
    choices = RowsField(label=gettext_lazy("Choices"), required=False)
    manager = access_field("manager")
    sitter = access_field("sitter")
    client = access_field("client")
    animals = forms.MultipleChoiceField(
        label=gettext_lazy("Only for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: for all animals."),
    )
    condition = forms.ChoiceField(label=gettext_lazy("Ask only when"), required=False)
    answer = forms.ChoiceField(label=gettext_lazy("is answered"), required=False)
    is_searched = forms.BooleanField(
        label=gettext_lazy("Clients are found by this"), required=False
    )
    is_safety_critical = forms.BooleanField(
        label=gettext_lazy("Safety-critical"),
        required=False,
        help_text=gettext_lazy("Something that could hurt or lock out if it went unnoticed."),
    )
    seen = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(
        self,
        fields_of: Subject,
        field: Field | None = None,
        *,
        animals: Sequence[str],
        data: Mapping[str, Any] | None = None,
        seen: str = "",
        section: str = "",
    ) -> None:
        self.subject, self.field = fields_of, field
        shown = dict.fromkeys(ROLES, int(Access.SHOW))
        start = start_values(fields_of, field) if field else {"section": section, **shown}
        super().__init__(data, initial={**start, "seen": seen})
        self.offer("section", [(each.key, each.label) for each in fields_of.sections])
        self.offer("kind", [("", "—"), *((kind.value, KIND_NAMES[kind]) for kind in CUSTOM_KINDS)])
        known = [*animals, *sorted((field.animals if field else set()) - set(animals))]
        self.offer("animals", [(animal, animal) for animal in known])
        self.offer_conditions()
        for name in self.absent():
            del self.fields[name]

    def offer(self, name: str, choices: Sequence[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def offer_conditions(self) -> None:
        """Fields another can depend on, and their answers, grouped by field."""
        now = self.field.shown_when.key if self.field and self.field.shown_when else ""
        led_by = [
            other
            for other in self.subject.fields.values()
            if other.kind in CONDITION_KINDS
            and answers_of(other)
            and (other.key == now or (other.shown_when is None and other != self.field))
        ]
        self.offer("condition", [("", _("Always")), *((f.key, f.label) for f in led_by)])
        answers = [
            (other.label, [(f"{other.key}={posted}", word) for posted, word in answers_of(other)])
            for other in led_by
        ]
        self.offer("answer", [("", "—"), *answers])

    def absent(self) -> set[str]:
        """What is not asked about this field."""
        field, absent = self.field, set()
        if field is not None:
            absent.add("kind")
            if field.is_always_required:
                absent |= {*ROLES, "animals", "condition", "answer"}
            if not field.is_custom or field.kind not in CHOICE_KINDS:
                absent.add("choices")
            if not field.is_custom or field.kind not in SEARCHED_KINDS:
                absent.add("is_searched")
        else:
            absent.add("seen")
        if self.subject.key != "pet":
            absent.add("animals")
        return absent

    @property
    def condition_keys(self) -> str:
        """For the page: with which chosen fields an answer is asked for."""
        return "|".join(str(key) for key, _label in self.fields["condition"].choices if key)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        key, answer = cleaned.get("condition"), cleaned.get("answer", "")
        if key and "answer" not in self.errors and answer.partition("=")[0] != key:
            self.add_error("answer", _("Choose the answer on which this is asked."))
        if self.field is None and cleaned.get("kind") not in CHOICE_KINDS:
            cleaned["choices"] = []
        return cleaned

    def asked_when(self) -> Condition | None:
        key, _equals, posted = self.cleaned_data["answer"].partition("=")
        if not self.cleaned_data["condition"]:
            return None
        is_choice = self.subject[key].kind == Kind.CHOICE
        return Condition(key, posted if is_choice else posted == "yes")

    @property
    def values(self) -> dict[str, Any]:
        names = set(self.changed_data) if self.field else set(self.fields)
        values = {name: self.cleaned_data[name] for name in names - {"seen", "condition", "answer"}}
        if "condition" in self.fields and {"condition", "answer"} & names:
            values["condition"] = self.asked_when()
        return values


def start_values(fields_of: Subject, field: Field) -> dict[str, Any]:
    """What the form says before anybody types: the field as it is."""
    condition = field.shown_when
    return {
        "label": str(field.label),
        "help": str(field.help),
        "section": fields_of.section_of(field.key).key,
        **{role: int(getattr(field, role)) for role in ROLES},
        "animals": sorted(field.animals),
        "condition": condition.key if condition else "",
        "answer": f"{condition.key}={condition.posted}" if condition else "",
        "choices": [
            Row(value=value, label=str(label), is_retired=value in field.retired)
            for value, label in field.choices
        ],
        "is_searched": field.is_searched,
        "is_safety_critical": field.is_safety_critical,
    }
