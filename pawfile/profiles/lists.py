"""The lists that filters and forms offer: all that a page needs of them in one statement."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from pawfile.accounts.models import User
from pawfile.lib.prepared import Prepared, words
from pawfile.profiles.models import Tag
from pawfile.resources.models import Territory, Vet


class Listed(NamedTuple):
    """A row of a list. ``second`` is a sitter's e-mail, a vet's clinic, or empty."""

    pk: int
    name: str
    second: str


def read_lists(*names: str) -> dict[str, list[Listed]]:
    """The lists of these names, each in its order."""
    found: dict[str, list[Listed]] = {name: [] for name in names}
    for name, *row in statement(names).rows() if names else ():
        found[name].append(Listed(*row))
    return found


@lru_cache
def statement(names: tuple[str, ...]) -> Prepared:
    sources: dict[str, tuple[QuerySet[Any], Any]] = {
        "sitters": (User.objects.sitters(), F("email")),
        "tags": (Tag.objects.all(), words("")),
        "territories": (Territory.objects.all(), words("")),
        "vets": (Vet.objects.all(), F("clinic")),
    }
    first, *others = (
        rows.order_by().annotate(list=words(name), second=second)
        .values_list("list", "pk", "name", "second")
        for name in names
        for rows, second in [sources[name]]
    )  # fmt: skip
    return Prepared(first.union(*others, all=True).order_by("list", "name", "pk"))
