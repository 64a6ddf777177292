"""What a column of a file can fill: one object per field of the catalogue, and the source ids.

A column knows the headings it goes by, makes a value of a cell's text, and tells whether a value
differs from another or from what a record has. Renamed fields go by their new label too.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pawfile.fields.forms import NumberField
from pawfile.fields.registry import Field
from pawfile.imports.issues import Kind
from pawfile.imports.links import Sitters, Tags, Territories, Vets, digits_of, name_key
from pawfile.imports.understand import is_nothing, one_of, parts_of, yes_or_no
from pawfile.lib.births import BornError, understand_born
from pawfile.lib.columns import key_ring
from pawfile.lib.dates import PartialDate
from pawfile.lib.emails import bad_emails, emails_in
from pawfile.lib.phones import is_possible
from pawfile.profiles.models.profile import Profile

_DAMAGED_ZIP = re.compile(r"[0-9]{1,4}|[0-9]+\.[0-9]+|[0-9.]+E\+?[0-9]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What understanding a cell takes besides its text."""

    region: str
    today: date
    animals: tuple[str, ...]
    vets: Vets
    sitters: Sitters
    territories: Territories
    tags: Tags


class Say(Protocol):
    """Takes what a column has to say about one cell; ``once`` says it once for all its rows."""

    def __call__(self, kind: Kind, message: str, *, once: bool = False) -> None: ...


class Column:
    """A paragraph of text, and the manner of all others. ``None`` is nothing to store."""

    has_days = False
    joiner: str | None = None
    """What stands between the texts of several columns of a row for one field; ``None``: the first
    one that is filled counts."""

    def __init__(
        self,
        target: str,
        *,
        names: tuple[str, ...],
        max_length: int | None,
        surroundings: Surroundings,
        field: Field | None = None,
    ) -> None:
        self.target = target
        self.subject, _dot, self.key = target.partition(".")
        self.names = names
        self.max_length = max_length
        self.around = surroundings
        self.field = field

    @cached_property
    def is_secret(self) -> bool:
        return self.field is not None and self.field.is_secret

    @cached_property
    def label(self) -> str:
        return str(self.field.label) if self.field else self.key

    def clean(self, text: str, say: Say) -> Any:
        """The value of a cell that is not blank; what cannot be read is said and is nothing."""
        if self.max_length is not None and len(text) > self.max_length:
            say(Kind.TOO_LONG, _("%(count)d characters; at most %(most)d fit.")
                % {"count": len(text), "most": self.max_length})  # fmt: skip
            return None
        return text

    def agree(self, one: Any, other: Any) -> bool:
        """Whether two values of this column say the same."""
        return bool(one == other)

    def repeats(self, one: Any, other: Any) -> bool:
        """Whether another row of the record says the same; capitals and accents do not matter."""
        is_text = isinstance(one, str) and isinstance(other, str)
        return self.agree(one, other) or (is_text and name_key(one) == name_key(other))

    def matches(self, record: Profile, value: Any) -> bool:
        """Whether a stored record says already what the file says."""
        return self.agree(record.field_value(self.field or self.key), value)

    def to_store(self, record: Profile | None, value: Any) -> Any:
        """The value as the actions of ``profiles`` take it."""
        return value


class ParagraphColumn(Column):
    joiner = "\n"


class LineColumn(Column):
    """One line of text; line breaks become blanks."""

    joiner: str | None = " "

    def clean(self, text: str, say: Say) -> str | None:
        line: str | None = super().clean(" ".join(text.split("\n")), say)
        return line


class ZipColumn(LineColumn):
    """A zip code, always text. One of the US with too few digits has been through a number."""

    joiner = None

    def clean(self, text: str, say: Say) -> str | None:
        if is_nothing(text):
            return None
        if text.endswith(".0") and text[:-2].isdigit() and len(text) == 7:
            say(Kind.ZIP, _("This zip code went through a number: it was taken as text."))
            text = text[:-2]
        elif self.around.region == "US" and _DAMAGED_ZIP.fullmatch(text):
            say(Kind.ZIP, _("A zip code has five digits: this one lost a leading zero or digits."))
        return super().clean(text, say)


class PhoneColumn(LineColumn):
    joiner = None

    def clean(self, text: str, say: Say) -> str | None:
        if is_nothing(text):
            return None
        if not is_possible(text, self.around.region):
            say(Kind.PHONE, _("A whole number has its area code, such as 303-555-0122."))
        return super().clean(text, say)

    def agree(self, one: str, other: str) -> bool:
        region = self.around.region
        return one == other or (bool(one) and digits_of(one, region) == digits_of(other, region))


class EmailColumn(Column):
    """One address: of several the first good one."""

    def clean(self, text: str, say: Say) -> str | None:
        good = good_emails(text, say)
        if len(good) > 1:
            say(Kind.EMAIL, _("Only the first good address was stored; the field holds one."))
        return good[0] if good else None

    def agree(self, one: str, other: str) -> bool:
        return one.casefold() == other.casefold()


class EmailsColumn(Column):
    joiner = ", "

    def clean(self, text: str, say: Say) -> list[str] | None:
        return good_emails(text, say) or None

    def agree(self, one: list[str], other: list[str]) -> bool:
        return {item.casefold() for item in one} == {item.casefold() for item in other}


def good_emails(text: str, say: Say) -> list[str]:
    if is_nothing(text):
        return []
    addresses = emails_in(text)
    bad = bad_emails(addresses)
    for address in bad:
        say(Kind.EMAIL, _("“%s” is no address such as name@example.com.") % address[:80])
    return [address for address in addresses if address not in bad]


class YesNoColumn(Column):
    def clean(self, text: str, say: Say) -> bool | None:
        answer = yes_or_no(text, self.key)
        if answer is None and not is_nothing(text):
            say(Kind.YES_NO, _("Write yes or no."))
        return answer


class NumberColumn(Column):
    def clean(self, text: str, say: Say) -> Decimal | None:
        if is_nothing(text):
            return None
        try:
            number: Decimal | None = NumberField().clean(text)
        except ValidationError as problem:
            say(Kind.NUMBER, " ".join(problem.messages))
            return None
        return number


class DateColumn(Column):
    """A day of the company's own question, in a spelling that can mean one day only."""

    has_days = True

    def clean(self, text: str, say: Say) -> date | None:
        if is_nothing(text):
            return None
        try:
            born = understand_born(text, today=date.max)
            return date(born.year or 0, born.month or 0, born.day or 0)
        except (BornError, ValueError):
            say(Kind.DATE, _("Write a day like 2026-04-12."))
            return None


class ChoiceColumn(Column):
    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        if self.field is None:
            return []
        known = [each for each in self.field.choices if each[0] not in self.field.retired]
        return [(value, str(label)) for value, label in known]

    def clean(self, text: str, say: Say) -> str | list[str] | None:
        chosen = one_of(text, self.choices)
        if chosen is None and not is_nothing(text):
            self.refuse(say)
        return chosen

    def refuse(self, say: Say) -> None:
        labels = ", ".join(label for _value, label in self.choices)
        say(Kind.CHOICE, _("Write one of: %s.") % labels)


class ChoicesColumn(ChoiceColumn):
    def clean(self, text: str, say: Say) -> list[str] | None:
        if is_nothing(text):
            return None
        found = [one_of(part, self.choices) for part in parts_of(text)]
        if None in found:
            self.refuse(say)
        return [value for value, _label in self.choices if value in found] or None

    def agree(self, one: list[str], other: list[str]) -> bool:
        return set(one) == set(other)


class AnimalColumn(LineColumn):
    """An animal of the company's list in its spelling there, any other as it is written."""

    joiner = None

    def clean(self, text: str, say: Say) -> str | None:
        line = super().clean(text, say)
        if line is None:
            return None
        for animal in self.around.animals:
            if animal.casefold() == line.casefold():
                return animal
        say(
            Kind.NEW_ANIMAL,
            _("Add it under Site Options > Clients, or correct the file."),
            once=True,
        )
        return line

    def agree(self, one: str, other: str) -> bool:
        return one.casefold() == other.casefold()


class BornColumn(Column):
    has_days = True

    def clean(self, text: str, say: Say) -> PartialDate | None:
        try:
            return understand_born(text, today=self.around.today) or None
        except BornError as problem:
            say(Kind.BORN, str(problem))
            return None

    def agree(self, one: PartialDate, other: PartialDate) -> bool:
        """Whether the second says nothing that the first does not: a year agrees with its days."""
        return all(
            theirs in (None, ours)
            for ours, theirs in zip(
                (one.year, one.month, one.day), (other.year, other.month, other.day), strict=True
            )
        )


class SecretColumn(Column):
    def clean(self, text: str, say: Say) -> str | None:
        return None if is_nothing(text) else text

    def repeats(self, one: str, other: str) -> bool:
        return one == other

    def matches(self, record: Profile, value: str) -> bool:
        return key_ring().matches(record.field_value(self.field or self.key), value)
