"""Answers to the questions of an import, as plain texts that can be stored."""

from collections.abc import Mapping

DAY, MONTH, KEEP = "day", "month", "keep"


def owner_choice(title: str, row: int) -> str:
    """To whom a row belongs. The answer: the id of the client in the file, its first row, or
    "client:12" of the book."""
    return f"owner|{row}|{title}"


def day_choice(title: str, heading: str) -> str:
    """Whether the ``DAY`` or the ``MONTH`` comes first in the days of a column."""
    return f"days|{heading}|{title}"


def markup_choice(title: str) -> str:
    """Whether HTML in the texts of a table is to be kept as it is: the answer is ``KEEP``."""
    return f"html|{title}"


def keeps_markup(choices: Mapping[str, str], title: str) -> bool:
    return choices.get(markup_choice(title)) == KEEP


def owner_answers(choices: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """(title of the table, row) → the answer."""
    found = {}
    for key, answer in choices.items():
        kind, _bar, rest = key.partition("|")
        row, _bar, title = rest.partition("|")
        if kind == "owner" and row.isdecimal():
            found[title, int(row)] = answer
    return found


def without_owners(choices: Mapping[str, str]) -> dict[str, str]:
    """The other answers."""
    return {key: answer for key, answer in choices.items() if not key.startswith("owner|")}


def day_orders(choices: Mapping[str, str], title: str) -> dict[str, bool]:
    """Heading → whether the day comes first."""
    before, after = "days|", f"|{title}"
    return {
        key.removesuffix(after).removeprefix(before): answer == DAY
        for key, answer in choices.items()
        if key.startswith(before) and key.endswith(after)
    }
