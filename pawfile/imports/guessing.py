"""What a heading means, judged by its words: sure, nearly sure, or nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from pawfile.imports.columns import Column
from pawfile.imports.composites import BY_TARGET, COMPOSITES
from pawfile.imports.presets import compact
from pawfile.imports.targets import CLIENT_ID, GUESSED_PLAIN, PET_OWNER, PLAIN

ALIKE = 92
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SUBJECTS = {"pet": "pet", "animal": "pet", "client": "client", "owner": "client"}
Guess = tuple[int, str]
"""How well it fits (lower is better) which target."""
_LIKE = 50
"""Fits from here on are by likeness: this and what is missing to it."""

_UNSURE = _LIKE + 45
PET_NAME, FULL_NAME = "pet.name", "client.full_name"
NAMING = frozenset({
    FULL_NAME, "client.first_name", "client.last_name", CLIENT_ID, PET_OWNER,
})  # fmt: skip
"""By one of these a table says whose a row is."""
REACHING = frozenset({
    "client.email", "client.emails", "client.cell_phone", "client.home_phone", "client.work_phone",
    "client.phones", "client.street", "client.address",
})  # fmt: skip
"""By one of these a table tells where people are reached."""


def confidence_of(fit: int) -> int:
    if fit >= _LIKE:
        return 85 - (fit - _LIKE)
    return {-2: 100, -1: 97, 0: 98}.get(fit, 95)


def guessed(
    headings: Sequence[str], columns: Mapping[str, Column], *, skipping: set[str]
) -> dict[str, Guess | None]:
    """Heading → how well it fits which target, by its words."""
    names = names_by_subject(columns)
    return {
        heading: guess(heading, columns, names) for heading in headings if heading not in skipping
    }


def by_the_others(
    guesses: Mapping[str, Guess | None], *, filled: Iterable[str]
) -> dict[str, Guess | None]:
    """The guesses again, in the light of what the table is about, by them all and by what is
    ``filled`` already.

    A bare "Name" is a pet's; but in a list of people, where nothing is about pets and nothing else
    names them, it is theirs. Where nobody is named or can be reached, "Status" is an animal's: what
    would be a client's is only proposed, unless it says whose it is.
    """
    told = {*filled, *(guess[1] for guess in guesses.values() if guess)}
    is_about_pets = any(target.startswith("pet.") and target != PET_NAME for target in told)
    found = dict(guesses)
    for heading, guess in guesses.items():
        if guess is None or guess[0] < 0:
            continue
        if guess[1] == PET_NAME and not is_about_pets and not told & NAMING and told & REACHING:
            found[heading] = (guess[0], FULL_NAME)
        elif guess[1].startswith("client.") and PET_NAME in told and not told & (NAMING | REACHING):
            found[heading] = (_UNSURE, guess[1])
    return found


def sorted_by_fit(guesses: Mapping[str, Guess | None]) -> list[tuple[str, Guess | None]]:
    """Best fits first, so that of two headings for one column the better one has it; what is taken
    apart last, so that a column of its own has the field."""

    def order(item: tuple[str, Guess | None]) -> tuple[bool, int]:
        guess = item[1]
        return (bool(guess) and guess[1] in BY_TARGET, guess[0] if guess else 0)  # type: ignore[index]

    return sorted(guesses.items(), key=order)


Names = dict[str, dict[str, Guess]]


def names_by_subject(columns: Mapping[str, Column]) -> Names:
    """Subject → compact name → (rank, target): a field's label goes before another's alias."""
    names: Names = {"client": {}, "pet": {}}
    for composite in COMPOSITES:
        for name in composite.names:
            names[composite.subject][compact(name)] = (0, composite.target)
    for column in columns.values():
        if column.target in PLAIN and column.target not in GUESSED_PLAIN:
            continue
        for rank, name in enumerate(column.names):
            known = names[column.subject].get(compact(name))
            if known is None or rank < known[0]:
                names[column.subject][compact(name)] = (rank, column.target)
    return names


def guess(heading: str, columns: Mapping[str, Column], names: Names) -> Guess | None:
    """The target a heading means and how well it fits.

    "client.zip_code" is exact; "Pet Color" and "Owner's Email" say whose; a bare heading that
    both have is the client's. "Label [Section]" goes by its label and the words of its section.
    """
    plain = heading.strip()
    if plain in columns or plain in BY_TARGET:
        return -2, plain
    first, _blank, rest = _CAMEL.sub(" ", plain.replace("_", " ")).partition(" ")
    owner = _SUBJECTS.get(compact(first).removesuffix("s"))
    found = names["client"].get(compact(plain)) or names["pet"].get(compact(plain))
    if owner and found is None and rest:
        found = names[owner].get(compact(rest))
    if found is None:
        return like(plain, names, owner)
    return (-1 if owner == found[1].partition(".")[0] else found[0]), found[1]


def like(heading: str, names: Names, owner: str | None) -> Guess | None:
    """The one name that is nearly the heading: its words in another order, a letter more or less.

    Short headings and those near to names of several fields mean nothing certain.
    """
    key = compact(heading)
    if len(key) < 6:
        return None
    pool = {
        name: found
        for subject, known in names.items()
        if owner in (None, subject)
        for name, found in known.items()
        if len(name) >= 6
    }
    near_ones = process.extract(key, pool.keys(), scorer=fuzz.ratio, limit=4, score_cutoff=ALIKE)
    targets = {pool[name][1] for name, _score, _index in near_ones}
    if len(targets) != 1:
        return None
    return _LIKE + round((100 - near_ones[0][1]) / 2), targets.pop()
