"""A row in each table that a company left empty: ``python -m tests.exports.fill``.

Values are made up by the kind of the column, so that a table nobody thought of here is filled too.
Prints which table could not be filled, and why.
"""

import datetime as dt
import os
import uuid
from decimal import Decimal
from typing import Any

import django
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=dt.UTC)
#: What a constraint asks for beyond that, and texts that are hard on a file.
GIVEN: dict[str, dict[str, Any]] = {
    "invites.LikelyDouble": {"client_id": 1, "known_id": 2},
    "invites.Invite": {"revoked_at": None},
    "schedule.TimeOff": {"note": "=cmd|' /C calc'!A0"},
    "mail.Mail": {"subject": "'=1+1", "text": 'Zoë, 猫\u2028 \\ "quoted"\r\nand more'},
}


def made_up(field: "models.Field[Any, Any]", by_kind: dict[str, Any]) -> Any:
    from pawfile.exports.tables import kind_of

    if isinstance(field, models.ForeignKey):
        target = field.related_model._base_manager.order_by("pk").last()
        return target.pk if target else None
    if field.choices:
        return field.flatchoices[-1][0]
    return 41 if field.primary_key else by_kind[kind_of(field)]


def fill() -> None:
    from pawfile.exports.restoring import insert
    from pawfile.exports.tables import tables_of
    from pawfile.lib.columns import key_ring

    token = key_ring().seal("canary-4711#")
    by_kind = {
        "secret": token,
        "moment": NOW,
        "day": NOW.date(),
        "time": NOW.time(),
        "decimal": Decimal("12.50"),
        "uuid": uuid.UUID(int=7),
        "json": {"b": 1, "a": [None, True, "é"], "own": token.token_for_database},
        "boolean": True,
        "integer": 3,
        "text": "x",
        "hash": "md5$salt$hash",
    }
    problems: dict[str, str] = {}
    for _pass in range(2):  # what points at a table further down is filled the second time
        problems.clear()
        for table in tables_of(apps.get_models(include_auto_created=True)):
            if table.model._base_manager.exists():
                continue
            fields = list(table.model._meta.local_concrete_fields)
            values = {field.attname: made_up(field, by_kind) for field in fields}
            least = {field.attname: None for field in fields if field.null}
            for filled in (values, values | least):  # what excludes another is mostly optional
                row = table.model(**(filled | GIVEN.get(table.label, {})))
                try:
                    with transaction.atomic():
                        insert(table.model, fields, [row])
                        connection.check_constraints()
                except IntegrityError as problem:
                    problems[table.label] = str(problem)
                else:
                    problems.pop(table.label, None)
                    break
    for label, reason in problems.items():
        print(f"{label}: {reason}")  # noqa: T201


def delete_the_last_tag() -> None:
    """Its id must not come again."""
    from pawfile.profiles.models import Tag

    Tag.objects.create(name="Gone tomorrow").delete()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pawfile.settings")
    django.setup()
    fill()
    delete_the_last_tag()
