"""The field catalogue: every profile field is declared once and read from here by everything.

``profiles`` declares the fields of clients and pets; forms, pages, tables, search, change marks,
print, import and export read them with the reader's policy on top (``policy.py``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from django.utils.functional import Promise


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long text"
    YES_NO = "yes/no"
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


@dataclass(frozen=True, slots=True)
class Condition:
    """The field is there only when another field of the same record has this answer."""

    key: str
    value: bool | str


Label = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field. ``aliases`` are headings under which other programs' files have it."""

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
    section: str = field(default="", compare=False)

    @property
    def is_secret(self) -> bool:
        return self.kind == Kind.SECRET


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    label: Label
    fields: tuple[Field, ...]


class Subject:
    """What has fields: the client or the pet."""

    def __init__(self, key: str, sections: Iterable[Section]) -> None:
        self.key = key
        self.sections = tuple(sections)
        self.fields = {
            declared.key: declared for section in self.sections for declared in section.fields
        }

    def __getitem__(self, key: str) -> Field:
        return self.fields[key]

    @property
    def searched(self) -> list[Field]:
        return [declared for declared in self.fields.values() if declared.is_searched]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Called once by the app that owns the subject's table, when it is ready."""
    _subjects[subject.key] = subject


def subject(key: str) -> Subject:
    return _subjects[key]


def subjects() -> list[Subject]:
    return list(_subjects.values())
