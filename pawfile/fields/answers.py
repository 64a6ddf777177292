"""How many clients or pets have answered a field: what a change to it would touch."""

from typing import Any

from django.db import connection
from django.db.models import Count, Q

from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import MANY_KINDS, Field, Kind, model_of
from pawfile.lib.vault import Secret

LIST_KINDS = frozenset({Kind.EMAILS, Kind.CHOICES})


def answered(field: Field) -> Q:
    """Rows whose shipped column or own answer is filled in. Many-to-many fields join their rows."""
    key = field.key
    if field.is_custom:
        return Q(custom__has_key=key)
    if field.kind == Kind.PARTIAL_DATE:
        return Q(**{f"{key}_year__isnull": False})
    if field.kind == Kind.SECRET:
        return ~Q(**{key: Secret()})
    if field.kind in LIST_KINDS:
        return ~Q(**{key: []})
    if field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.EMAIL, Kind.PHONE):
        return ~Q(**{key: ""})
    return Q(**{f"{key}__isnull": False})


def answer_count(subject: str, key: str) -> int:
    """How many have an answer to this one field. Raises ``KeyError`` if there is none such."""
    field = catalogue(subject)[key]
    rows: Any = model_of(subject)._base_manager.filter(answered(field))
    count: int = rows.values("pk").distinct().count()
    return count


def answer_counts(subject: str) -> dict[str, int]:
    """Key → number of answers, of every field, archived ones too: a few scans in all."""
    fields_of = catalogue(subject)
    shipped = [each for each in fields_of.fields.values() if not each.is_custom]
    rows: Any = model_of(subject)._base_manager.all()
    counts: dict[str, int] = rows.aggregate(
        **{
            f"n_{each.key}": Count("pk", filter=answered(each))
            for each in shipped
            if each.kind not in MANY_KINDS
        }
    )
    found = {name.removeprefix("n_"): count for name, count in counts.items()}
    for each in shipped:
        if each.kind in MANY_KINDS:
            found[each.key] = answer_count(subject, each.key)
    own = custom_counts(model_of(subject)._meta.db_table)
    found |= {each.key: own.get(each.key, 0) for each in fields_of.custom}
    return found | {key: own.get(key, 0) for key in fields_of.archived}


def custom_counts(table: str) -> dict[str, int]:
    """Key → number of rows of the table that have it in ``custom``."""
    name = connection.ops.quote_name(table)
    if connection.vendor == "postgresql":
        keys = "jsonb_object_keys(custom) AS entry"
        column = "entry"
    else:
        keys, column = f"json_each({name}.custom) AS entry", "entry.key"
    # The table's name is the model's own; nothing of it comes from a person.
    query = f"SELECT {column}, COUNT(*) FROM {name}, {keys} GROUP BY 1"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())
