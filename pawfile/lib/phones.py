"""Phone numbers: typed in any spelling, kept as typed, dialled and found by their digits."""

import re

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

_PLAIN_US = re.compile(
    r"(?:\+?1[-. ]?)?(?:\(([2-9][0-9]{2})\) ?|([2-9][0-9]{2})[-. ]?)([0-9]{3})[-. ]?([0-9]{4})"
)
_PHONE_LIKE = re.compile(r"[0-9\s()+./-]+")


def e164(typed: str, region: str) -> str:
    """`typed` as "+13035550122", or "" if it is no possible number.

    `region` (two letters, "US") is the country of a number typed without one. An extension is
    left out. A number without its area code is not a whole number: "".
    """
    country, national = _numbers(typed, region)
    return f"+{country}{national}" if national else ""


def is_possible(typed: str, region: str) -> bool:
    """Whether `typed` has the length of a whole number; it may still be nobody's."""
    return bool(_numbers(typed, region)[1])


def phone_words(typed: str, region: str) -> list[str]:
    """Digits by which a number is found: all of it, without country, last seven, last four.

    Without doubles. Of text that is no possible number, its digits if it has at least three.
    """
    country, national = _numbers(typed, region)
    if national:
        return list(dict.fromkeys([country + national, national, national[-7:], national[-4:]]))
    digits = phonenumbers.normalize_digits_only(typed)
    return [digits] if len(digits) >= 3 else []


def query_digits(query: str) -> str:
    """The digits of a search that looks like a phone number, or "".

    All of the query must be digits, blanks and ()+-./ with at least three digits; a leading + or
    00 for "abroad" is left out.
    """
    if not _PHONE_LIKE.fullmatch(query):
        return ""
    digits = re.sub(r"[^0-9]", "", query).removeprefix("00")
    return digits if len(digits) >= 3 else ""


def _numbers(typed: str, region: str) -> tuple[str, str]:
    """Country code and national digits of `typed`, both "" if it is no possible number."""
    # The plain spellings of the home country, 25 times as fast as the library.
    if region == "US" and (plain := _PLAIN_US.fullmatch(typed.strip(" "))):
        return "1", "".join(filter(None, plain.groups()))
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException:
        return "", ""
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return "", ""
    return str(number.country_code), phonenumbers.national_significant_number(number)
