"""The column gate: which fields a person may see, change and must fill in.

Everything that shows or takes a field value asks here. What a policy does not list does not exist
for that person: no value, no change mark, no history, no search hit, no posted value taken.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import get_language

from pawfile.accounts.models import Role, User
from pawfile.fields.catalogue import catalogues
from pawfile.fields.registry import Access, Field, Kind, Label, Subject
from pawfile.options.models import SiteOptions


@dataclass(frozen=True, slots=True)
class PolicyField:
    """A field as one reader has it, with this reader's rights."""

    field: Field
    access: Access

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def kind(self) -> Kind:
        return self.field.kind

    @property
    def label(self) -> Label:
        return self.field.label

    @property
    def help(self) -> Label:
        return self.field.help

    @property
    def is_editable(self) -> bool:
        return self.access >= Access.SHOW

    @property
    def is_required(self) -> bool:
        return self.access == Access.REQUIRED

    def is_for(self, animal: str | None) -> bool:
        """Whether the field applies to this animal (``None``: not yet known, so it does)."""
        animals = self.field.animals
        return not animals or animal is None or animal in animals


@dataclass(frozen=True, slots=True)
class PolicySection:
    key: str
    label: Label
    fields: tuple[PolicyField, ...]
    review_months: int = 0


class Policy:
    """The fields of one subject that one person may see, in the order of the catalogue."""

    def __init__(self, catalogue: Subject, sections: tuple[PolicySection, ...]) -> None:
        self.catalogue = catalogue
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
        options = user.site_options or SiteOptions.load()
        role = Role(user.role)
        is_editor = role != Role.SITTER or options.has_sitter_editing
        for key, fields_of in catalogues(options).items():
            cache[key] = role_policy(fields_of, role, is_editor=is_editor)
    return cache[subject_key]


def role_policy(fields_of: Subject, role: Role, *, is_editor: bool) -> Policy:
    """What a role may see and change of a catalogue."""
    return spoken_policy(fields_of, role, is_editor, get_language())


@lru_cache(maxsize=64)
def spoken_policy(fields_of: Subject, role: Role, is_editor: bool, _language: str | None) -> Policy:
    """A pure function: a catalogue never changes once it is built. Labels are in the language."""
    sections = []
    for section in fields_of.sections:
        items = []
        for field in section.fields:
            access = access_of(field, role)
            if not is_editor:
                access = min(access, Access.READ)
            if access > Access.HIDE:
                items.append(PolicyField(spoken(field), access))
        if items:
            label, months = str(section.label), section.review_months
            sections.append(PolicySection(section.key, label, tuple(items), months))
    return Policy(fields_of, tuple(sections))


def spoken(field: Field) -> Field:
    """The field with its words in the present language, looked up once instead of at each use."""
    choices = tuple((value, str(label)) for value, label in field.choices)
    return replace(field, label=str(field.label), help=str(field.help), choices=choices)


def access_of(field: Field, role: Role) -> Access:
    """A role's access to one field. Administrators see all; what managers must, they must."""
    if field.is_always_required:
        return Access.REQUIRED
    access: Access = getattr(field, "manager" if role == Role.ADMINISTRATOR else role.value)
    if role == Role.ADMINISTRATOR and access < Access.REQUIRED:
        return Access.SHOW
    return access
