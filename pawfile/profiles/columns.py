"""The columns of the client table: what a person may choose, has chosen, and what is in them.

The choice is remembered on the user; what the policy shows decides anew on every page. Of the
company's own answers only those of chosen columns are read.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Expression, F
from django.db.models.fields.json import KeyTextTransform
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField
from pawfile.fields.registry import MANY_KINDS, Field, Kind, Label, Subject
from pawfile.fields.values import LINK_KINDS, from_json, plain_text
from pawfile.profiles.models import Client
from pawfile.profiles.models.profile import LINKED_MODELS
from pawfile.resources.models import TerritoryZip

Column = tuple[str, Label, str]
#: (key, heading) and whether it is chosen.
Choice = tuple[str, str, bool]

NAME = "name"
#: Never in a list; the birth date of a pet is no field of a client.
NOT_LISTED = frozenset({Kind.SECRET, Kind.PHOTO, Kind.OWNER, Kind.PARTIAL_DATE})
#: Fields that have a column of their own already.
WITH_COLUMN = frozenset({"status"})
#: Before the key of an answer among the values of a row.
OWN = "own_"
#: More characters of a text stand in no cell.
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Columns:
    """What one person's table shows: usual columns, then fields in the order of the catalogue."""

    catalogue: Subject
    usual: list[Column]
    fields: list[PolicyField] = field(default_factory=list)

    @property
    def all(self) -> list[Column]:
        return [*self.usual, *((item.key, item.label, "") for item in self.fields)]

    @property
    def shown(self) -> frozenset[str]:
        return frozenset(key for key, _heading, _sort in self.all)

    @property
    def read(self) -> list[Field]:
        """The fields whose values are needed: those shown and those they depend on."""
        shown = [item.field for item in self.fields]
        asked = [self.catalogue[each.shown_when.key] for each in shown if each.shown_when]
        return list({each.key: each for each in (*shown, *asked)}.values())

    @property
    def names(self) -> list[str]:
        """Columns of the database to read besides the usual ones."""
        shipped = [each for each in self.read if not each.is_custom and each.kind not in MANY_KINDS]
        return [f"{each.key}_id" if each.kind in LINK_KINDS else each.key for each in shipped]

    @property
    def answers(self) -> dict[str, Expression | F]:
        """Name → one answer out of the JSON column, as text."""
        return {
            OWN + each.key: KeyTextTransform(each.key, "custom")
            for each in self.read
            if each.is_custom
        }


def listable(policy: Policy) -> dict[str, PolicyField]:
    """The fields this reader can have as a column."""
    return {
        key: item
        for key, item in policy.fields.items()
        if item.kind not in NOT_LISTED and key not in WITH_COLUMN
    }


def columns_of(user: User, policy: Policy, usual: Sequence[Column]) -> Columns:
    """The person's columns; ``usual`` are those this reader has without any choice."""
    chosen = set(user.client_columns)
    if not chosen:
        return Columns(policy.catalogue, list(usual))
    return Columns(
        policy.catalogue,
        [column for column in usual if column[0] == NAME or column[0] in chosen],
        [item for key, item in listable(policy).items() if key in chosen],
    )


@lru_cache(maxsize=256)
def choices_for(
    policy: Policy, usual: tuple[Column, ...], shown: frozenset[str]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Section → what can be chosen of it. The name is always there.

    A pure function: a policy never changes once it is made, and is of one language.
    """
    offered = listable(policy)
    found = [(_("Usual columns"), [(key, label) for key, label, _sort in usual if key != NAME])]
    for section in policy.sections:
        items = [(each.key, each.label) for each in section.fields if each.key in offered]
        found.append((str(section.label), items))
    return tuple(
        (label, tuple((key, str(name), key in shown) for key, name in items))
        for label, items in found
        if items
    )


def remembered(
    user: User, ticked: Iterable[str], policy: Policy, usual: Sequence[Column]
) -> list[str]:
    """What to remember: the ticked columns, and earlier ones that are hidden from the person now.

    The name stands in front, so that a table of names alone is a choice too.
    """
    offered = {key for key, _heading, _sort in usual} | set(listable(policy))
    catalogue = policy.catalogue
    hidden = {*catalogue.fields, *catalogue.archived, *USUAL_KEYS} - offered
    kept = [key for key in user.client_columns if key in hidden]
    return list(dict.fromkeys([NAME, *(key for key in ticked if key in offered), *kept]))


USUAL_KEYS = frozenset({"pets", "phone", "address", "status", "sitters", "next_visit"})


# What is in the cells


def texts_of(found: Sequence[Mapping[str, Any]], columns: Columns) -> dict[int, dict[str, str]]:
    """Client id → field key → what the table says: a query for each kind of link in use."""
    if not columns.fields:
        return {}
    fields = [item.field for item in columns.fields]
    many = {each.key: many_texts(each, found) for each in fields if each.kind in MANY_KINDS}
    values = {
        client["id"]: {
            each.key: value_of(client, each) for each in columns.read if each.key not in many
        }
        for client in found
    }
    names = link_names(values.values(), fields)
    zips = territories_by_zip(found, values) if "territory" in {each.key for each in fields} else {}
    texts: dict[int, dict[str, str]] = {}
    for client in found:
        own = values[client["id"]]
        said = texts[client["id"]] = {}
        for each in fields:
            if not applies(each, own):
                text = ""
            elif each.key in many:
                text = many[each.key].get(client["id"], "")
            elif each.kind in LINK_KINDS:
                text = names.get((each.kind, own[each.key]), "")
            else:
                text = plain_text(each, own[each.key])
            if each.key == "territory" and not text:
                text = zips.get(zip_of(client), "")
            said[each.key] = Truncator(" ".join(text.split())).chars(LONGEST)
    return texts


def value_of(client: Mapping[str, Any], field: Field) -> Any:
    if field.is_custom:
        return from_json(field, stored_of(field, client[OWN + field.key]))
    return client[f"{field.key}_id" if field.kind in LINK_KINDS else field.key]


def stored_of(field: Field, text: Any) -> Any:
    """The stored answer of the text that the database makes of it."""
    if text is None:
        return None
    if field.kind in (Kind.CHOICES, Kind.EMAILS):
        return json.loads(text)
    if field.kind == Kind.YES_NO:
        return str(text) in {"true", "1"}
    return int(text) if field.kind in LINK_KINDS else text


def applies(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether the field's condition holds: without an alarm there is no alarm company."""
    condition = field.shown_when
    return condition is None or bool(values[condition.key] == condition.value)


def link_names(
    rows: Iterable[Mapping[str, Any]], fields: Sequence[Field]
) -> dict[tuple[Kind, int], str]:
    """(kind, id) → what the other row is called."""
    links = [each for each in fields if each.kind in LINKED_MODELS]
    wanted: dict[Kind, set[int]] = defaultdict(set)
    for values in rows:
        for each in links:
            if values[each.key] is not None:
                wanted[each.kind].add(values[each.key])
    return {
        (kind, pk): str(row)
        for kind, pks in wanted.items()
        for pk, row in LINKED_MODELS[kind]._default_manager.in_bulk(pks).items()
    }


def many_texts(field: Field, found: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Client id → names of the rows of a many-to-many field: one query."""
    name = "email" if field.kind == Kind.SITTERS else "name"
    rows = Client.objects.filter(pk__in=[client["id"] for client in found])
    names: dict[int, list[str]] = defaultdict(list)
    for pk, called, other in rows.exclude(**{field.key: None}).values_list(
        "pk", f"{field.key}__name", f"{field.key}__{name}"
    ):
        names[pk].append(called or other)
    return {pk: ", ".join(sorted(called)) for pk, called in names.items()}


def zip_of(client: Mapping[str, Any]) -> str:
    return str(client["zip_code"]).strip().partition("-")[0]


def territories_by_zip(
    found: Sequence[Mapping[str, Any]], values: Mapping[int, Mapping[str, Any]]
) -> dict[str, str]:
    """Zip → its territory in words, for clients to whom none is set: one query."""
    zips = {zip_of(client) for client in found if values[client["id"]]["territory"] is None}
    rows = TerritoryZip.objects.filter(zip_code__in=zips).values_list("zip_code", "territory__name")
    return {zip_code: _("{territory} (by zip)").format(territory=name) for zip_code, name in rows}
