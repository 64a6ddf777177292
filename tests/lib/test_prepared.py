from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model, Q

from pawfile.accounts.models import Role, User
from pawfile.lib import prepared
from pawfile.lib.prepared import (
    Prepared,
    PreparedRecords,
    Slot,
    fetch,
    in_slots,
    padded,
    slots,
    words,
)
from pawfile.profiles.models import Client, Pet, Photo
from tests.factories import make_client, make_pet, make_user

pytestmark = pytest.mark.django_db


def test_a_prepared_query_is_asked_again_with_other_values() -> None:
    sam, mona = make_user(Role.SITTER, "Sam"), make_user(Role.MANAGER, "Mona")
    users = User.objects.get_queryset().filter(pk__in=[Slot("one"), Slot("two")])
    named = users.filter(role=Slot("role")).order_by("pk").values_list(words("user"), "pk", "name")
    query = Prepared(named)
    both = {"one": sam.pk, "two": mona.pk}
    assert query.rows({**both, "role": "sitter"}) == [("user", sam.pk, "Sam")]
    assert query.rows({**both, "role": "manager"}) == [("user", mona.pk, "Mona")]
    assert query.rows({"one": sam.pk, "two": 0, "role": "manager"}) == []


def test_a_value_is_no_sql() -> None:
    make_user(Role.SITTER, "Sam")
    query = Prepared(User.objects.sitters().filter(name=Slot("name")).values_list("name"))
    assert query.rows({"name": "' OR 1=1 --"}) == []
    assert query.rows({"name": "Sam"}) == [("Sam",)]


def test_records_are_what_the_queryset_itself_brings() -> None:
    record = make_client()
    photo = Photo.objects.create(client=record)
    make_pet(record, photo=photo)
    for rows, related in ((Client.objects.all(), "vet"), (Pet.objects.all(), "photo")):
        expected = list(rows.select_related(related))
        found = fetch(rows, related=related, pk=expected[0].pk)
        assert [columns(each) for each in found] == [columns(each) for each in expected]
        assert getattr(found[0], related) == getattr(expected[0], related)
        assert found[0]._state.fields_cache.keys() == {related}


def test_records_have_what_they_were_annotated_with() -> None:
    names = [make_pet(make_client(), name=name) for name in ("Ace", "Rex")]
    rows = Pet.objects.filter(pk__in=slots(2)).annotate(is_rex=Q(name="Rex")).order_by("name")
    query = PreparedRecords(rows.defer("custom"))
    found = query.records(in_slots([pet.pk for pet in names]))
    assert [(pet.name, pet.is_rex) for pet in found] == [("Ace", False), ("Rex", True)]
    assert found[0].custom == {}, "what was put off is read when it is asked for"


def test_a_list_is_filled_up_with_one_of_its_own() -> None:
    assert padded([7, 8]) == [7, 8, *[7] * 23]
    assert padded(range(25)) == list(range(25))
    assert padded([]) == []


def columns(record: Model) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def test_what_was_put_together_for_one_reader_answers_no_other() -> None:
    sitters = [make_user(Role.SITTER, name) for name in ("Sam", "Stan")]
    own, other = [make_client(primary_sitter=sitter) for sitter in sitters]
    for _ in range(2):
        for sitter, seen in zip(sitters, (own, other), strict=True):
            rows = Client.objects.visible_to(sitter)
            assert [fetch(rows, pk=record.pk) for record in (own, other)] == [
                [record] if record == seen else [] for record in (own, other)
            ]
    assert fetch(Client.objects.visible_to(make_user(Role.MANAGER, "Mona")), pk=own.pk) == [own]


def test_a_number_no_row_can_have_is_no_row() -> None:
    assert fetch(User.objects.all(), pk=2**63) == []
    assert fetch(User.objects.all(), pk=10**40) == []


def test_times_go_in_and_come_out_as_times() -> None:
    made_at = make_client().created_at
    since = Client.objects.filter(created_at__gte=Slot("since"))
    query = Prepared(since.values_list("created_at", "custom"))
    assert query.rows({"since": made_at}) == [(made_at, {})]
    assert query.rows({"since": made_at + timedelta(seconds=1)}) == []


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "REMEMBERED", 2)
    users = User.objects.all()
    for name in ("a", "b", "c", "d"):
        assert fetch(users.filter(name=name), pk=1) == []
    assert len(prepared._known) <= 2
