"""Whatever points at a client or a pet has its rule for the day when two are merged."""

import pytest
from django.apps import apps
from django.db import models

from pawfile.doubles import rules
from pawfile.doubles.rules import RULES, UnplacedRelationError, relations, ruled
from pawfile.profiles.models import Client, Pet


def pointing_at(target: type[models.Model]) -> set[str]:
    """Every column of every table that points at it, found the other way round."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is target
    }


@pytest.mark.parametrize("target", [Client, Pet])
def test_every_relation_has_its_rule(target: type[models.Model]) -> None:
    names = pointing_at(target)
    assert len(names) > 10
    assert {relation.name for relation in relations(target)} == names
    assert set(RULES[target]) == names, "Say in pawfile/doubles/rules.py what a merge does with it."


def test_one_without_a_rule_stops_the_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = {name: rule for name, rule in rules.PET_RULES.items() if "Vaccination" not in name}
    monkeypatch.setitem(RULES, Pet, rest)  # type: ignore[misc]
    with pytest.raises(UnplacedRelationError, match=r"profiles\.Vaccination\.pet"):
        ruled(Pet)


def test_nothing_else_points_at_them_without_the_database_knowing() -> None:
    """Numbers of clients in JSON are not moved: each such column is known, with the reason."""
    known = {
        "access.PrintRun.clients": "Sheets of one day.",
        "accounts.User.client_columns": "Names of columns.",
        "messaging.Broadcast.client_ids": "To whom it was sent then.",
    }
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.JSONField) and "client" in field.name
    }
    assert found == set(known)
