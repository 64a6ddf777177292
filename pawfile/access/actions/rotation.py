"""Sealing everything anew with the first key, while people work.

What is sealed is found by where it can be: every ``SecretField`` of every table, and every text in
a JSON column that has the shape of a sealed one and opens (the company's own secret fields, second
factors). Rows are locked a few at a time and keep version and history: a secret that is sealed
anew is the same secret.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Cast, StrIndex, Substr

from pawfile.lib.columns import SecretField, key_ring
from pawfile.lib.vault import KeyRing, Secret, VaultError, VaultKeyError, key_id_of

#: Rows locked at once: for some ten milliseconds. One UPDATE a row: ``bulk_update`` takes ten times
#: as long, and locks as long.
CHUNK = 50
#: How long it rests after a chunk, as a share of what that one took.
REST = 1.0
HEAD = "v1."
TOKEN = re.compile(r"v1\.([A-Za-z0-9_-]{1,32})\.[A-Za-z0-9_=-]{40,}")
_IN_JSON = re.compile(rf'"{TOKEN.pattern}"')

Columns = list[SecretField | models.JSONField[Any, Any]]


@dataclass(slots=True)
class Resealed:
    """``unopened``: secrets left as they are, by the id of the key that is missing; under the empty
    id those that are damaged."""

    secrets: int = 0
    unopened: Counter[str] = field(default_factory=Counter)


def sealed_columns() -> dict[type[models.Model], Columns]:
    """Every table that can hold something sealed, and its columns that can."""
    found = {
        model: [
            column
            for column in model._meta.local_concrete_fields
            if isinstance(column, SecretField | models.JSONField)
        ]
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }
    return {model: columns for model, columns in found.items() if columns}


def secrets_by_key() -> Counter[str]:
    """How many stored secrets each key has sealed."""
    found: Counter[str] = Counter()
    for model, columns in sealed_columns().items():
        for column in columns:
            rows = model._base_manager.order_by()
            if isinstance(column, SecretField):
                rest = Substr(F(column.name), len(HEAD) + 1, output_field=models.TextField())
                end = StrIndex(rest, Value("."))
                key_id = Substr(rest, 1, end - 1, output_field=models.TextField())
                sealed = rows.exclude(**{column.name: Secret()})
                counts = sealed.values(sealing_key=key_id).annotate(times=Count("pk"))
                found.update(dict(counts.values_list("sealing_key", "times")))
            else:
                for text in with_tokens(rows, column).values_list("as_text", flat=True).iterator():
                    found.update(_IN_JSON.findall(text))
    return found


def with_tokens(rows: "models.QuerySet[Any]", column: Any) -> "models.QuerySet[Any]":
    annotated = rows.annotate(as_text=Cast(column.name, models.TextField()))
    found: models.QuerySet[Any] = annotated.filter(as_text__contains=f'"{HEAD}')
    return found


def reseal_everything(*, say: Callable[[int], None] = lambda _secrets: None) -> Resealed:
    """Seal with the first key whatever another key has sealed. Stopped, it goes on from there.

    Between two chunks it rests as long as the last one took: people's saves get in between.
    ``say`` hears how many secrets are done.
    """
    done = Resealed()
    for model, columns in sealed_columns().items():
        for seconds in reseal_table(model, columns, done):
            say(done.secrets)
            sleep(seconds * REST)
    return done


def reseal_table(model: type[models.Model], columns: Columns, done: Resealed) -> Iterator[float]:
    """Seconds that each chunk took. ``done`` counts on."""
    after: Any = None
    while True:
        begun = monotonic()
        after = reseal_chunk(model, columns, after, done)
        if after is None:
            return
        yield monotonic() - begun


@transaction.atomic
def reseal_chunk(model: type[models.Model], columns: Columns, after: Any, done: Resealed) -> Any:
    """The key of the last row looked at; ``None`` when there was none any more."""
    rows = model._base_manager.select_for_update().filter(with_secrets(columns)).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    chunk = list(rows.only("pk", *(column.name for column in columns))[:CHUNK])
    ring = key_ring()
    for row in chunk:
        new = {
            column.attname: resealed(getattr(row, column.attname), ring, done) for column in columns
        }
        changed = {name: value for name, value in new.items() if value != getattr(row, name)}
        if changed:
            model._base_manager.filter(pk=row.pk).update(**changed)
    return chunk[-1].pk if chunk else None


def with_secrets(columns: Columns) -> Q:
    """Rows in which something may be sealed."""
    found = Q()
    for column in columns:
        if isinstance(column, SecretField):
            found |= ~Q(**{column.name: Secret()})
        else:
            found |= Q(**{f"{column.name}__isnull": False}) & ~Q(**{column.name: {}})
    return found


def resealed(value: Any, ring: KeyRing, done: Resealed) -> Any:
    """A secret, or what lies in a JSON column, with every token in it under the first key."""
    if isinstance(value, Secret):
        return anew(value, ring, done)
    if isinstance(value, dict):
        return {key: resealed(each, ring, done) for key, each in value.items()}
    if isinstance(value, list):
        return [resealed(each, ring, done) for each in value]
    if isinstance(value, str) and TOKEN.fullmatch(value):
        return anew(Secret(value), ring, done).token_for_database
    return value


def anew(secret: Secret, ring: KeyRing, done: Resealed) -> Secret:
    try:
        found = ring.reseal(secret)
    except VaultKeyError:
        done.unopened[key_id_of(secret)] += 1
        return secret
    except VaultError:
        done.unopened[""] += 1
        return secret
    done.secrets += found is not secret
    return found
