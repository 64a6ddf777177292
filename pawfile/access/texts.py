"""The free texts of profiles and about visits, and what in them looks like a code."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import Field, Kind, Label, Subject
from pawfile.lib.codes import Find as Span
from pawfile.lib.codes import find_codes
from pawfile.lib.text import fold
from pawfile.profiles.models.profile import Profile
from pawfile.schedule.saved import Worded
from pawfile.schedule.texts import LABELS, texts_of

TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
DOTS = "••••"
#: In the place of a code where the line has no room for a pointer.
SHORT_POINTER = "•"
_BETWEEN = re.compile(r"[\s.,#*–-]+")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A code in a text. ``digest`` knows it again, however it is spaced out."""

    key: str
    label: Label
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
    record: Profile | Worded,
    fields: Subject | None = None,
    *,
    keys: Container[str] | None = None,
) -> Iterator[Suspect]:
    """Codes in the texts of a record: in all, or in those of ``keys``.

    ``fields`` is the company's catalogue, if it is at hand.
    """
    if isinstance(record, Profile):
        texts = profile_texts(record, fields or catalogue(record.subject.key), keys)
    else:
        found = texts_of(record, LABELS if keys is None else keys)
        texts = ((key, LABELS[key], text) for key, text in found)
    for key, label, text in texts:
        for span in find_codes(text):
            yield Suspect(key, label, span, text, digest_of(text[span.start : span.end]))


def profile_texts(
    record: Profile, fields: Subject, keys: Container[str] | None
) -> Iterator[tuple[str, Label, str]]:
    for field in text_fields(fields):
        if keys is None or field.key in keys:
            text = record.field_value(field)
            if text:
                yield field.key, field.label, text


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
