"""The company's own catalogue: the declared fields with its rules, sections and fields on top.

Built once per version and process; what a request needs to know is only whether the version it
reads with the site options is the one already built.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pawfile.fields.models import CustomField, FieldRule, SectionRule
from pawfile.fields.registry import Access, Condition, Field, Section, Subject, subject, subjects
from pawfile.options.models import SiteOptions

#: Places are given in steps, so that a moved field finds room between two others.
STEP = 100
#: Versions kept: the present one, and those that requests under way still use.
KEPT = 4
ROLES = ("manager", "sitter", "client")

Built = Mapping[str, Subject]
_built: OrderedDict[str, Built] = OrderedDict()


def catalogue(subject_key: str, options: SiteOptions | None = None) -> Subject:
    """The client's or pet's fields as the company has them. One query without ``options``."""
    return catalogues(options)[subject_key]


def catalogues(options: SiteOptions | None = None) -> Built:
    version = options.fields_version if options else SiteOptions.current_fields_version()
    found = _built.get(version)
    if found is None:
        found = _built[version] = build()
        while len(_built) > KEPT:
            _built.popitem(last=False)
    return found


def forget() -> None:
    """Build anew at the next use, whatever the version."""
    _built.clear()


def build() -> Built:
    """Read every rule and put it on what is declared: three queries."""
    rules: dict[str, dict[str, FieldRule]] = {each.key: {} for each in subjects()}
    for rule in FieldRule.objects.all():
        rules.setdefault(rule.subject, {})[rule.key] = rule
    customs = list(CustomField.objects.all())
    sections = list(SectionRule.objects.order_by("pk"))
    return {
        declared.key: build_one(
            declared,
            rules[declared.key],
            [each for each in customs if each.subject == declared.key],
            {each.key: each for each in sections if each.subject == declared.key},
        )
        for declared in subjects()
    }


def build_one(
    declared: Subject,
    rules: Mapping[str, FieldRule],
    customs: list[CustomField],
    sections: Mapping[str, SectionRule],
) -> Subject:
    places = section_places(declared, sections)
    filled: dict[str, list[tuple[int, int, Field]]] = {key: [] for key in places}
    last = next(reversed(places))

    def put(field: Field, section: str, place: int) -> None:
        rule = rules.get(field.key)
        home = rule.section if rule and rule.section in places else section
        position = rule.position if rule and rule.position is not None else place
        filled[home].append((position, place, with_rule(field, rule)))

    for section in declared.sections:
        for number, field in enumerate(section.fields, start=1):
            put(field, section.key, number * STEP)
    for custom in customs:
        if custom.archived_at is None:
            put(custom.as_field(), last, (1000 + custom.pk) * STEP)
    made = [
        Section(
            key,
            label,
            tuple(field for _position, _place, field in sorted_places(filled[key])),
            sections[key].review_months if key in sections else 0,
        )
        for key, label in places.items()
    ]
    archived = [
        with_rule(custom.as_field(), rules.get(custom.key))
        for custom in customs
        if custom.archived_at is not None
    ]
    is_moved = any(each.position is not None and not each.is_own for each in sections.values())
    return Subject(declared.key, made, archived, has_own_order=is_moved)


def sorted_places(entries: list[tuple[int, int, Field]]) -> list[tuple[int, int, Field]]:
    return sorted(entries, key=lambda entry: entry[:2])


def section_places(declared: Subject, rules: Mapping[str, SectionRule]) -> dict[str, Any]:
    """Section key → label, in their order; the company's own without a place come last."""
    entries = []
    for number, section in enumerate(declared.sections, start=1):
        rule = rules.get(section.key)
        position = rule.position if rule and rule.position is not None else number * STEP
        entries.append((position, number, section.key, (rule and rule.label) or section.label))
    shipped = {section.key for section in declared.sections}
    for number, rule in enumerate(each for each in rules.values() if each.key not in shipped):
        position = rule.position if rule.position is not None else (1000 + number) * STEP
        entries.append((position, 1000 + number, rule.key, rule.label))
    entries.sort(key=lambda entry: entry[:2])
    return {key: label for _position, _number, key, label in entries}


def with_rule(field: Field, rule: FieldRule | None) -> Field:
    """The field as the company's rule makes it."""
    if rule is None:
        return field
    changes: dict[str, Any] = {"animals": frozenset(rule.animals)}
    if rule.label:
        changes["label"] = rule.label
    if rule.help:
        changes["help"] = rule.help
    if rule.condition is not None:
        changes["shown_when"] = Condition(**rule.condition) if rule.condition else None
    if rule.is_safety_critical is not None:
        changes["is_safety_critical"] = rule.is_safety_critical
    for role in ROLES:
        level = getattr(rule, role)
        if level is not None:
            changes[role] = Access(level)
    return replace(field, **changes)


def declared_field(subject_key: str, key: str) -> Field | None:
    """The field as it ships; ``None`` for the company's own."""
    return subject(subject_key).fields.get(key)
