"""The field catalogue: every profile field is declared once and read from here by everything.

``profiles`` declares the fields of clients and pets; forms, pages, tables, search, change marks,
print, import and export read them with the reader's policy on top (``policy.py``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from django.utils.functional import Promise


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long text"
    YES_NO = "yes/no"
    NUMBER = "number"
    DATE = "date"
    PARTIAL_DATE = "partial date"
    CHOICE = "choice"
    CHOICES = "several choices"
    EMAIL = "email"
    EMAILS = "emails"
    PHONE = "phone"
    TAGS = "tags"
    VET = "vet"
    TERRITORY = "territory"
    SITTER = "sitter"
    SITTERS = "several sitters"
    OWNER = "owner"
    PHOTO = "photo"
    SECRET = "secret"


#: Kinds whose values are rows of other tables, many of them.
MANY_KINDS = frozenset({Kind.TAGS, Kind.SITTERS})


class Access(IntEnum):
    """What a role may do with a field; each level includes the one before."""

    HIDE = 0
    READ = 1
    SHOW = 2
    REQUIRED = 3


#: Kinds another field can depend on.
CONDITION_KINDS = frozenset({Kind.YES_NO, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class Condition:
    """The field is there only when another field of the same record has this answer.

    That other field is a yes/no or a choice that depends on nothing itself.
    """

    key: str
    value: bool | str

    @property
    def posted(self) -> str:
        """The answer as a form posts it."""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return self.value


Label = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field, or one of the company's own (``is_custom``).

    ``aliases`` are headings under which other programs' files have it; ``animals`` those a pet
    field is for, empty for all; ``retired`` the choices that are no longer offered.
    """

    key: str
    label: Label
    kind: Kind = Kind.TEXT
    choices: tuple[tuple[str, Label], ...] = ()
    help: Label = ""
    is_always_required: bool = False
    manager: Access = Access.SHOW
    sitter: Access = Access.SHOW
    client: Access = Access.SHOW
    shown_when: Condition | None = None
    is_searched: bool = False
    is_safety_critical: bool = False
    aliases: tuple[str, ...] = ()
    animals: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()
    is_custom: bool = False

    @property
    def is_secret(self) -> bool:
        return self.kind == Kind.SECRET


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    label: Label
    fields: tuple[Field, ...]
    review_months: int = 0


class Subject:
    """What has fields: the client or the pet. As declared, or as a company has made it its own.

    ``fields`` are those in use; ``archived`` the company's own that were put away with their
    answers. ``[key]`` finds both. ``has_own_order``: the company has moved whole sections.
    """

    def __init__(
        self,
        key: str,
        sections: Iterable[Section],
        archived: Iterable[Field] = (),
        *,
        has_own_order: bool = False,
    ) -> None:
        self.key = key
        self.has_own_order = has_own_order
        self.sections = tuple(sections)
        self.fields = {
            declared.key: declared for section in self.sections for declared in section.fields
        }
        self.archived = {each.key: each for each in archived}

    def __getitem__(self, key: str) -> Field:
        return self.fields[key] if key in self.fields else self.archived[key]

    def section_of(self, key: str) -> Section:
        return next(each for each in self.sections if any(f.key == key for f in each.fields))

    @property
    def custom(self) -> list[Field]:
        return [each for each in self.fields.values() if each.is_custom]

    @property
    def searched(self) -> list[Field]:
        return [declared for declared in self.fields.values() if declared.is_searched]

    @property
    def indexed(self) -> list[Field]:
        """Whose words are kept: those searched by, and those put away, for when they come back."""
        return [*self.searched, *(each for each in self.archived.values() if each.is_searched)]


_subjects: dict[str, Subject] = {}
_models: dict[str, type[Any]] = {}
_reindexers: dict[str, Callable[[str], None]] = {}


def register(subject: Subject, model: type[Any], reindex: Callable[[str], None]) -> None:
    """Called once by the app that owns the subject's table, when it is ready.

    ``reindex`` brings the words of one field up to date, sooner or later.
    """
    _subjects[subject.key] = subject
    _models[subject.key] = model
    _reindexers[subject.key] = reindex


def reindex(subject_key: str, key: str) -> None:
    """Let clients be found by this field, or no longer, as the catalogue says now."""
    _reindexers[subject_key](key)


def model_of(subject_key: str) -> Any:
    """The model whose rows have these fields."""
    return _models[subject_key]


def subject(key: str) -> Subject:
    return _subjects[key]


def subjects() -> list[Subject]:
    return list(_subjects.values())
