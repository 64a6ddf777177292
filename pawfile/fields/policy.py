"""The column gate: which fields a person may see, change and must fill in.

Everything that shows or takes a field value asks here. What a policy does not list does not exist
for that person: no value, no change mark, no history, no search hit, no posted value taken.
"""

from dataclasses import dataclass

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Field, Kind, Label, Subject, subject
from pawfile.options.models import SiteOptions


@dataclass(frozen=True, slots=True)
class PolicyField:
    """A field as one reader has it: with the company's words and this reader's rights."""

    field: Field
    label: Label
    help: Label
    access: Access
    animals: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def kind(self) -> Kind:
        return self.field.kind

    @property
    def is_editable(self) -> bool:
        return self.access >= Access.SHOW

    @property
    def is_required(self) -> bool:
        return self.access == Access.REQUIRED

    def is_for(self, animal: str | None) -> bool:
        """Whether the field applies to this animal (``None``: not yet known, so it does)."""
        return not self.animals or animal is None or animal in self.animals


@dataclass(frozen=True, slots=True)
class PolicySection:
    key: str
    label: Label
    fields: tuple[PolicyField, ...]


class Policy:
    """The fields of one subject that one person may see, in the order of the catalogue."""

    def __init__(self, sections: tuple[PolicySection, ...]) -> None:
        self.sections = sections
        self.fields = {item.key: item for section in sections for item in section.fields}

    def __contains__(self, key: str) -> bool:
        return key in self.fields

    def can_edit(self, key: str) -> bool:
        return key in self.fields and self.fields[key].is_editable

    @property
    def keys(self) -> list[str]:
        return list(self.fields)

    @property
    def editable(self) -> list[PolicyField]:
        return [item for item in self.fields.values() if item.is_editable]


def policy_for(user: User, subject_key: str) -> Policy:
    """The person's policy for ``client`` or ``pet``; worked out once for this user object."""
    cache: dict[str, Policy] = user.__dict__.setdefault("_policies", {})
    if not cache:
        rules = {(rule.subject, rule.key): rule for rule in FieldRule.objects.all()}
        role = Role(user.role)
        is_editor = role != Role.SITTER or SiteOptions.load().has_sitter_editing
        for key in ("client", "pet"):
            cache[key] = build_policy(subject(key), role, rules, is_editor=is_editor)
    return cache[subject_key]


def build_policy(
    fields_of: Subject,
    role: Role,
    rules: dict[tuple[str, str], FieldRule],
    *,
    is_editor: bool,
) -> Policy:
    """Put a company's rules on the catalogue for one role."""
    sections = []
    for section in fields_of.sections:
        items = []
        for declared in section.fields:
            rule = rules.get((fields_of.key, declared.key))
            access = access_of(declared, rule, role)
            if not is_editor:
                access = min(access, Access.READ)
            if access > Access.HIDE:
                items.append(
                    PolicyField(
                        field=declared,
                        label=(rule.label if rule else "") or declared.label,
                        help=(rule.help if rule else "") or declared.help,
                        access=access,
                        animals=frozenset(rule.animals if rule else ()),
                    )
                )
        if items:
            sections.append(PolicySection(section.key, section.label, tuple(items)))
    return Policy(tuple(sections))


def access_of(declared: Field, rule: FieldRule | None, role: Role) -> Access:
    """A role's access to one field. Administrators see all; what managers must, they must."""
    if declared.is_always_required:
        return Access.REQUIRED
    name = "manager" if role == Role.ADMINISTRATOR else role.value
    own = getattr(rule, name) if rule else None
    access: Access = Access(own) if own is not None else getattr(declared, name)
    if role == Role.ADMINISTRATOR and access < Access.REQUIRED:
        return Access.SHOW
    return access
