"""Texts of one line: names stand in titles, tables and heads of mails."""

import unicodedata


def has_breaks(text: str) -> bool:
    """Whether it has line breaks or control characters. NUL is the form field's business."""
    return any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in text.replace("\0", ""))


def is_invisible(text: str) -> bool:
    """Whether there is nothing in it to see, however long it is."""
    return all(unicodedata.category(sign) in {"Cf", "Zs", "Mn"} for sign in text)
