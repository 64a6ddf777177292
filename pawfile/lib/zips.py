"""Zip codes as people list them, and whether one is on the list."""

import re

LONGEST = 20
_ZIP = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def first_five(zip_code: str) -> str:
    """The part of a zip code that says where it is: of ZIP+4 what stands before the dash."""
    return zip_code.strip().partition("-")[0]


def split_zips(text: str) -> list[str]:
    """The zip codes in `text`, split at commas, semicolons and blanks, in capitals, without
    doubles; of ZIP+4 the first five. Nothing is checked here: see `bad_zips`.
    """
    words = filter(None, re.split(r"[,;\s]+", text.upper()))
    return list(dict.fromkeys(first_five(word) or word for word in words))


def bad_zips(zip_codes: list[str]) -> list[str]:
    """Those that are no zip code: other signs than letters and digits, no digit, too long."""
    return [
        each
        for each in zip_codes
        if len(each) > LONGEST or not _ZIP.fullmatch(each) or not re.search("[0-9]", each)
    ]


def is_among(zip_code: str, zip_codes: list[str]) -> bool:
    """Whether a zip as it was typed is one of these; of "SW1A 1AA" the first half is enough."""
    typed = split_zips(zip_code)
    return bool({"".join(typed), *typed[:1]} & set(zip_codes))
