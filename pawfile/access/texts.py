"""The free texts of a profile, and what in them looks like a code."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import Field, Kind, Subject
from pawfile.lib.codes import Find as Span
from pawfile.lib.codes import find_codes
from pawfile.lib.text import fold
from pawfile.profiles.models.profile import Profile

TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
DOTS = "••••"
_BETWEEN = re.compile(r"[\s.,#*–-]+")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A code in a field's text. ``digest`` knows it again, however it is spaced out."""

    field: Field
    span: Span
    text: str
    digest: str


def digest_of(code: str) -> str:
    plain = _BETWEEN.sub("", fold(code))
    return salted_hmac("pawfile.access.find", plain, algorithm="sha256").hexdigest()


def text_fields(fields: Subject) -> list[Field]:
    """Where people write freely. Names and streets, shipped and searched by, are none of these."""
    return [
        field
        for field in fields.fields.values()
        if field.kind in TEXT_KINDS and (field.is_custom or not field.is_searched)
    ]


def suspects_in(
    record: Profile, fields: Subject | None = None, *, keys: Container[str] | None = None
) -> Iterator[Suspect]:
    """Codes in the texts of a record: in all, or in those of ``keys``."""
    for field in text_fields(fields or catalogue(record.subject.key)):
        if keys is not None and field.key not in keys:
            continue
        text = record.field_value(field)
        for span in find_codes(text) if text else ():
            yield Suspect(field, span, text, digest_of(text[span.start : span.end]))


def without(text: str, digest: str, instead: str) -> str:
    """The text with ``instead`` in the place of every code of this digest."""
    for span in reversed(find_codes(text)):
        if digest_of(text[span.start : span.end]) == digest:
            text = text[: span.start] + instead + text[span.end :]
    return text


def words_around(suspect: Suspect, *, reach: int = 60) -> tuple[str, str]:
    """What stands before a code and after it, cut at words, every other code as dots."""
    start, end = suspect.span.start, suspect.span.end
    whole = suspect.text
    others = [span for span in find_codes(whole) if span.end <= start or span.start >= end]
    for span in reversed(others):
        whole = whole[: span.start] + DOTS + whole[span.end :]
        if span.end <= start:
            moved = len(DOTS) - (span.end - span.start)
            start, end = start + moved, end + moved
    before, after = whole[:start], whole[end:]
    if len(before) > reach:
        before = "… " + before[-reach:].partition(" ")[2]
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] + " …"
    return before, after


def pointer(label: str) -> str:
    """What stands in the text where a code was."""
    return _("[%s: in the vault]") % label
