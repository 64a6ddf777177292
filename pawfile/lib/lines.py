"""Texts of one line: names stand in titles, tables and heads of mails."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext


def has_breaks(text: str) -> bool:
    """Whether it has line breaks or control characters. NUL is the form field's business."""
    return any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in text.replace("\0", ""))


def refuse_breaks(text: str) -> None:
    """A form's validator: raise ``ValidationError`` for what does not fit on one line."""
    if has_breaks(text):
        raise ValidationError(gettext("Leave out line breaks and control characters."))


def is_invisible(text: str) -> bool:
    """Whether there is nothing in it to see, however long it is."""
    return all(unicodedata.category(sign) in {"Cf", "Zs", "Mn"} for sign in text)
