"""What an administrator does with the fields of clients and pets.

Everything here takes ``subject`` ("client" or "pet") and the person (``by``), raises
``ValidationError`` with the name of the form field that is wrong, and can be undone (``edits.py``).
No answer is ever touched: keys stay, archived fields keep their answers.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields import rules
from pawfile.fields.catalogue import ROLES, STEP, catalogue, declared_field
from pawfile.fields.edits import edited, rename_animals
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Condition, Field, Kind, Subject, reindex
from pawfile.fields.values import CUSTOM_KINDS
from pawfile.lib.text import fold
from pawfile.options.models import SiteOptions

Values = Mapping[str, Any]


class StaleFieldError(Exception):
    """Somebody else changed this field since it was opened."""


def seen_state(subject: str, key: str) -> str:
    """A short word for the field's present settings; another one once they change."""
    fields_of = catalogue(subject)
    field = fields_of[key]
    place = fields_of.section_of(key).key if key in fields_of.fields else ""
    told = [
        str(field.label), str(field.help), place, field.kind, field.choices, sorted(field.retired),
        sorted(field.animals), [getattr(field, role) for role in ROLES],
        field.shown_when and [field.shown_when.key, field.shown_when.value],
        field.is_searched, field.is_safety_critical,
    ]  # fmt: skip
    text = json.dumps(told, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def change_field(*, subject: str, key: str, values: Values, by: User, seen: str = "") -> None:
    """Change what ``values`` has of: label, help, section, manager, sitter, client, animals,
    condition, is_safety_critical, and of the company's own fields choices and is_searched.

    Raises ``StaleFieldError`` if the field is no longer as it was ``seen`` (see ``seen_state``).
    """
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        field = in_use(fields_of, key)
        if seen and seen != seen_state(subject, key):
            raise StaleFieldError
        if not values:
            return
        edit.text = _("Changed “%s”") % field.label
        if "label" in values:
            label = rules.clean_label(fields_of, values["label"], key=key)
            if label != str(field.label):
                edit.text = _("Renamed “%(old)s” to “%(new)s”") % {"old": field.label, "new": label}
        apply_rule(fields_of, field, values)
        if field.is_custom:
            apply_custom_values(subject, field, values)
        elif {"choices", "is_searched"} & values.keys():
            raise rules.problem("choices", _("Fields that ship with Pawfile keep their choices."))
        section = values.get("section")
        if section and section != fields_of.section_of(key).key:
            place(catalogue(subject), key, section=section, before="")


def in_use(fields_of: Subject, key: str) -> Field:
    if key in fields_of.archived:
        label = fields_of.archived[key].label
        raise ValidationError(_("“%s” is archived. Bring it back first.") % label)
    return fields_of.fields[key]


def rule_of(subject: str, key: str) -> FieldRule:
    return FieldRule.objects.of(subject).filter(key=key).first() or FieldRule(
        subject=subject, key=key
    )


def apply_rule(fields_of: Subject, field: Field, values: Values) -> None:
    """Put name, help, rights, animals and condition on the field's rule; unsaid ones stay."""
    subject, rule = fields_of.key, rule_of(fields_of.key, field.key)
    shipped = declared_field(subject, field.key)
    if "label" in values:
        label = rules.clean_label(fields_of, values["label"], key=field.key)
        rule.label = "" if shipped and label == str(shipped.label) else label
    if "help" in values:
        text = rules.clean_line("help", values["help"], rules.HELP_LENGTH)
        rule.help = "" if shipped and text == str(shipped.help) else text
    for role in ROLES:
        if role in values:
            access = rules.clean_access(field, role, values[role])
            if not field.is_always_required:
                setattr(rule, role, int(access))
    if "animals" in values:
        if subject != "pet" and values["animals"]:
            raise rules.problem("animals", _("Only pets are of an animal."))
        known = SiteOptions.load().animals
        rule.animals = rules.clean_animals(field, values["animals"], known)
    if "condition" in values:
        condition = rules.clean_condition(fields_of, field, values["condition"])
        is_shipped = shipped is not None and condition == shipped.shown_when
        rule.condition = None if is_shipped else condition_columns(condition)
    if shipped and "is_safety_critical" in values:
        rule.is_safety_critical = safety_column(shipped, bool(values["is_safety_critical"]))
    rule.save()


def safety_column(shipped: Field, is_critical: bool) -> bool | None:
    return None if is_critical == shipped.is_safety_critical else is_critical


def condition_columns(condition: Condition | None) -> dict[str, Any]:
    return {} if condition is None else {"key": condition.key, "value": condition.value}


def apply_custom_values(subject: str, field: Field, values: Values) -> None:
    """Choices and search of one of the company's own fields. Answers follow a renamed choice."""
    row = custom_row(subject, field.key)
    if "choices" in values:
        row.choices = rules.clean_choices(Kind(row.kind), values["choices"], row.choices)
    if "is_safety_critical" in values:
        row.is_safety_critical = bool(values["is_safety_critical"])
    was_searched = row.is_searched
    if "is_searched" in values:
        row.is_searched = rules.clean_searched(Kind(row.kind), values["is_searched"])
    row.save()
    if row.is_searched != was_searched:
        reindex(subject, field.key)


def custom_row(subject: str, key: str) -> CustomField:
    """The row of one of the company's own fields; ``ValidationError`` for one that ships."""
    for row in CustomField.objects.of(subject):
        if row.key == key:
            found: CustomField = row
            return found
    raise ValidationError(_("This field ships with Pawfile. Hide it instead."))


def add_field(*, subject: str, values: Values, by: User) -> CustomField:
    """Make a field of the company's own, at the end of its section (else of the last one)."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        if len(fields_of.custom) >= rules.MOST_CUSTOM:
            raise ValidationError(_("%d fields of your own are enough.") % rules.MOST_CUSTOM)
        label = rules.clean_label(fields_of, values.get("label", ""))
        if values.get("kind") not in CUSTOM_KINDS:
            raise rules.problem("kind", _("Choose what kind of answer the field takes."))
        kind = Kind(values["kind"])
        row = CustomField(
            subject=subject,
            label=label,
            kind=kind.value,
            choices=rules.clean_choices(kind, values.get("choices") or ()),
            is_searched=rules.clean_searched(kind, values.get("is_searched")),
            is_safety_critical=bool(values.get("is_safety_critical")),
        )
        row.save()
        edit.text = _("Added “%s”") % label
        fields_of = catalogue(subject)
        settings = {key: values[key] for key in ("help", *ROLES, "animals", "condition")
                    if key in values}  # fmt: skip
        apply_rule(fields_of, fields_of.fields[row.key], settings)
        section = values.get("section") or fields_of.sections[-1].key
        place(catalogue(subject), row.key, section=section, before="")
        return row


def archive_field(*, subject: str, key: str, by: User) -> None:
    """Put a field of the company's own away, with its answers."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        field, row = in_use(fields_of, key), custom_row(subject, key)
        led = [each for each in rules.dependents(fields_of, key) if each.key in fields_of.fields]
        if led:
            names = rules.labels_of(led)
            raise ValidationError(_("Asked only for its answer: %s. Change that first.") % names)
        row.archived_at = timezone.now()
        row.save()
        edit.text = _("Archived “%s”") % field.label


def restore_field(*, subject: str, key: str, by: User, label: str = "") -> None:
    """Bring an archived field back with its answers, under another name if its own is taken."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        if key not in fields_of.archived:
            raise ValidationError(_("This field is in use."))
        field = fields_of.archived[key]
        needed = field.shown_when and field.shown_when.key
        if needed and needed not in fields_of.fields:
            other = fields_of.archived[needed].label
            raise ValidationError(_("It depends on “%s”, which is archived too.") % other)
        name = rules.clean_label(fields_of, label or field.label, key=key)
        row = custom_row(subject, key)
        row.archived_at = None
        row.save()
        if name != str(field.label):
            rule = rule_of(subject, key)
            rule.label = name
            rule.save()
        edit.text = _("Brought “%s” back") % name


def move_field(*, subject: str, key: str, section: str, before: str, by: User) -> None:
    """Put a field before another one of that section, or at its end."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        edit.text = _("Moved “%s”") % in_use(fields_of, key).label
        place(fields_of, key, section=section, before=before)


def place(fields_of: Subject, key: str, *, section: str, before: str) -> None:
    orders = orders_of(fields_of)
    if section not in orders:
        raise rules.problem("section", _("There is no such section. Open the page again."))
    if before and before not in orders[section]:
        raise rules.problem("before", _("That field is elsewhere by now. Open the page again."))
    if before == key:
        return
    for keys in orders.values():
        if key in keys:
            keys.remove(key)
    target = orders[section]
    target.insert(target.index(before) if before else len(target), key)
    write_order(fields_of, section, target)


def orders_of(fields_of: Subject) -> dict[str, list[str]]:
    """Section → keys of its fields in their order."""
    return {each.key: [field.key for field in each.fields] for each in fields_of.sections}


def write_order(fields_of: Subject, section: str, keys: Sequence[str]) -> None:
    """Give these fields, in this order, their places in the section."""
    known = {rule.key: rule for rule in FieldRule.objects.of(fields_of.key)}
    for number, key in enumerate(keys, start=1):
        rule = known.get(key) or FieldRule(subject=fields_of.key, key=key)
        if (rule.section, rule.position) != (section, number * STEP):
            rule.section, rule.position = section, number * STEP
            rule.save()


def swap_fields(*, subject: str, one: str, other: str, by: User) -> None:
    """Let two of the company's own fields change places.

    What moves is each question whole: name, settings, answers and history stay together under the
    key they always had, so nothing can end up under another name.
    """
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        if one == other:
            raise rules.problem("other", _("Choose two different fields."))
        for name, key in (("one", one), ("other", other)):
            if key not in {field.key for field in fields_of.custom}:
                raise rules.problem(name, _("Choose one of your own fields that is in use."))
        first, second = fields_of[one].label, fields_of[other].label
        edit.text = _("Swapped “%(one)s” and “%(other)s”") % {"one": first, "other": second}
        trade: Callable[[str], str] = lambda key: {one: other, other: one}.get(key, key)  # noqa: E731
        for section, keys in orders_of(fields_of).items():
            if one in keys or other in keys:
                write_order(fields_of, section, [trade(key) for key in keys])


def set_animals(*, names: Sequence[tuple[str, str]], by: User) -> None:
    """The company's list of animals as (old name or "", new name), in its order.

    A renamed animal takes its pets along; one that is left out stays on the pets that have it.
    """
    with edited("pet", by=by) as edit:
        options = SiteOptions.objects.select_for_update().get(pk=1)
        edit.text = _("Changed the list of animals")
        cleaned = [(old, rules.clean_line("animals", new, 100)) for old, new in names]
        wanted = [(old, new) for old, new in cleaned if new]
        if not wanted:
            raise rules.problem("animals", _("Name at least one animal."))
        seen: set[str] = set()
        for old, new in wanted:
            if old and old not in options.animals:
                raise rules.problem("animals", _("The list has changed. Open the page again."))
            if fold(new) in seen:
                raise rules.problem("animals", _("“%s” is there twice.") % new)
            if old != new and new in options.animals and old:
                message = _("There is “%s” already; two animals cannot become one.")
                raise rules.problem("animals", message % new)
            seen.add(fold(new))
        edit.renamed = [(old, new) for old, new in wanted if old and old != new]
        options.animals = [new for _old, new in wanted]
        options.save(update_fields=["animals"])
        SiteOptions.renew_fields()
        rename_animals(edit.renamed)
