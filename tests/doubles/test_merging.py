"""Two clients become one: what moves, what stays with the merge, and the way back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.access.actions.rotation import sealed_columns
from pawfile.access.models import WayIn
from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.doubles.actions import keep_apart, merge_clients, merge_pets
from pawfile.doubles.choices import Pick
from pawfile.doubles.finding import search_book
from pawfile.doubles.models import Merge, Pair
from pawfile.doubles.unmerging import ForbiddenError, forbidding, undo_merge
from pawfile.fields.registry import Kind
from pawfile.history.models import StaleRecordError
from pawfile.imports.models import SourceClient
from pawfile.invites.models import LikelyDouble
from pawfile.lib.columns import key_ring
from pawfile.lib.stored_rows import Row, as_row
from pawfile.messaging.models import Conversation
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.blocking import HeldVisitsError
from pawfile.profiles.models import Client, ClientWord, Pet, Tag
from pawfile.schedule.models import CustomPrice, VisitStatus
from tests.access.home import make_home
from tests.factories import make_client, make_key, make_pet, make_service, make_user, make_visit
from tests.fields.custom import make_field

#: What a merge and its undoing write down themselves, and what only grows.
WRITTEN = {
    "activity.Activity", "doubles.Merge", "doubles.MergedChange", "search.Vocabulary", "jobs.Job",
}  # fmt: skip
#: Where a merge tells that there was one.
TELLING = {"profiles.Client", "profiles.Pet", "profiles.ClientChange", "profiles.PetChange"}


def everything() -> dict[str, list[Any]]:
    """Every row of every table but those."""
    return {
        model._meta.label: [as_row(row) for row in model._base_manager.order_by("pk")]
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in WRITTEN
    }


@pytest.fixture
def two(ada: User) -> tuple[Client, Client]:
    """The same household twice, the older one first."""
    kept = make_client(first_name="Ann", last_name="Lee", email="ann@example.com", street="1 Elm")
    gone = make_client(
        first_name="Anne", last_name="Lee", email="ann@example.com", city="Hilliard",
        cell_phone="(614) 555-0123", office_notes="Pays late.", door_code="4711",
    )  # fmt: skip
    return kept, gone


def fresh(record: Any) -> Any:
    return type(record)._base_manager.get(pk=record.pk)


def merge(kept: Any, gone: Any, by: User, **picks: Pick) -> Merge:
    act = merge_pets if isinstance(kept, Pet) else merge_clients
    return act(kept=fresh(kept), gone=fresh(gone), picks=picks, by=by)


def test_answers_are_picked_and_nothing_only_one_of_them_has_is_lost(
    two: tuple[Client, Client], ada: User
) -> None:
    kept, gone = two
    update_client(fresh(kept), values={"office_notes": "Has a dog flap."}, by=ada)
    token = gone.door_code.token_for_database
    merge(kept, gone, ada, first_name=Pick.GONE, office_notes=Pick.BOTH)
    kept = fresh(kept)
    assert (kept.first_name, kept.street, kept.city) == ("Anne", "1 Elm", "Hilliard")
    assert kept.office_notes == "Has a dog flap.\n\nPays late."
    assert (kept.cell_phone, kept.phones_e164["cell_phone"]) == ("(614) 555-0123", "+16145550123")
    assert kept.door_code.token_for_database == token
    assert not Client.objects.filter(pk=gone.pk).exists()
    changed = {each.key: (each.old_text, each.new_text) for each in kept.changes.all()}
    assert changed["first_name"] == ("Ann", "Anne")
    assert changed["door_code"] == ("", "")
    assert set(ClientWord.objects.filter(word="anne").values_list("record", flat=True)) == {kept.pk}
    entry = Activity.objects.latest("pk")
    assert (entry.kind, entry.about, entry.old_text, entry.by) == (
        "client",
        "Anne Lee",
        "Anne Lee",
        ada,
    )


def test_all_that_belongs_to_the_one_that_goes_moves(
    two: tuple[Client, Client], ada: User, sam: User
) -> None:
    kept, gone = two
    login = make_user(Role.CLIENT, "Ann Lee")
    gone.logins.add(login)
    pet, key, visit = make_pet(gone), make_key(gone), make_visit(gone, sitter=sam)
    visit.pets.add(pet)
    talk = Conversation.objects.create(kind="client", client=gone)
    source = SourceClient.objects.create(source_id="17", client=gone)
    done = merge(kept, gone, ada)
    assert [fresh(each).client_id for each in (pet, key, visit, talk, source)] == [kept.pk] * 5
    assert list(kept.logins.all()) == [login]
    assert [(each.old_text, each.new_text) for each in pet.changes_of("client")] == [
        (gone.name, kept.name)
    ]
    assert (done.client, done.gone_id, done.moved["access.Key.client"]) == (kept, gone.pk, [key.pk])


def test_rows_with_no_place_stay_with_the_merge_and_come_back(
    two: tuple[Client, Client], ada: User
) -> None:
    kept, gone = two
    service, other = make_service(), make_service()
    for client, price in ((kept, 10), (gone, 20)):
        CustomPrice.objects.create(client=client, service=service, price=Decimal(price))
        WayIn.objects.create(client=client, position=0, kind="key", words=f"Way {price}")
    CustomPrice.objects.create(client=gone, service=other, price=Decimal(30))
    done = merge(kept, gone, ada)
    found = kept.custom_prices.order_by("pk").values_list("service", "price")
    assert list(found) == [(service.pk, Decimal(10)), (other.pk, Decimal(30))]
    assert [way.words for way in kept.ways_in.all()] == ["Way 10"]
    undo_merge(merge=done, by=ada)
    assert [way.words for way in gone.ways_in.all()] == ["Way 20"]
    found = gone.custom_prices.order_by("pk").values_list("service", "price")
    assert list(found) == [(service.pk, Decimal(20)), (other.pk, Decimal(30))]


def test_tags_and_blocked_sitters_come_together(
    two: tuple[Client, Client], ada: User, sam: User
) -> None:
    kept, gone = two
    shared, own = Tag.objects.create(name="Key"), Tag.objects.create(name="Snow")
    kept.tags.add(shared)
    gone.tags.add(shared, own)
    gone.blocked_sitters.add(sam)
    done = merge(kept, gone, ada)
    assert (set(kept.tags.all()), list(kept.blocked_sitters.all())) == ({shared, own}, [sam])
    change = kept.changes_of("tags").get()
    assert (change.old_text, change.new_text) == ("Key", "Key, Snow")
    undo_merge(merge=done, by=ada)
    assert (set(kept.tags.all()), set(gone.tags.all())) == ({shared}, {shared, own})
    assert [each.new_text for each in kept.changes_of("tags")] == ["Key", "Key, Snow"]


def test_a_home_with_everything_comes_back_as_it_was(
    cleos_home: Client, rex: Pet, carls_home: Client, ada: User
) -> None:
    gone, kept = cleos_home, carls_home
    update_client(gone, values={"office_notes": "Away in May."}, by=ada)
    make_home(gone, rex, by=ada, other=kept)
    gone, kept = fresh(gone), fresh(kept)
    before = everything()
    done = merge(kept, gone, ada)
    columns = {"client_id", "record_id", "known_id", "one_id", "other_id"}
    for label, rows in everything().items():
        if label.startswith("profiles.Pet") and label != "profiles.Pet":
            continue  # their record is a pet
        for row in rows:
            assert all(row.get(column) != gone.pk for column in columns), label
    assert undo_merge(merge=done, by=ada) == []
    after = everything()
    for label, rows in before.items():
        if label not in TELLING:
            assert after[label] == rows, label
    for label in ("profiles.ClientChange", "profiles.PetChange"):
        assert [row for row in after[label] if row in before[label]] == before[label]
    for label in ("profiles.Client", "profiles.Pet"):
        assert list(map(said, after[label])) == list(map(said, before[label]))
    assert as_row(fresh(gone)) == as_row(gone)


def said(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("version", "updated_at")}


def test_edits_since_stay_and_are_named(two: tuple[Client, Client], ada: User) -> None:
    kept, gone = two
    done = merge(kept, gone, ada, first_name=Pick.GONE)
    update_client(fresh(kept), values={"city": "Dublin"}, by=ada)
    assert undo_merge(merge=done, by=ada) == ["“City” stays as it was edited since."]
    kept, gone = fresh(kept), fresh(gone)
    assert (kept.first_name, kept.city, kept.cell_phone) == ("Ann", "Dublin", "")
    assert (gone.first_name, gone.city, gone.cell_phone) == ("Anne", "Hilliard", "(614) 555-0123")
    assert key_ring().unseal(gone.door_code) == "4711"
    assert not kept.door_code


def test_what_was_made_since_about_a_pet_goes_with_the_pet(
    two: tuple[Client, Client], ada: User, sam: User
) -> None:
    kept, gone = two
    pet = make_pet(gone)
    done = merge(kept, gone, ada)
    visit = make_visit(kept, sitter=sam)
    visit.pets.add(pet)
    plain = make_visit(kept, sitter=sam)
    undo_merge(merge=done, by=ada)
    assert [fresh(each).client_id for each in (pet, visit, plain)] == [gone.pk, gone.pk, kept.pk]


def test_a_visit_for_pets_of_both_forbids_it_by_name(two: tuple[Client, Client], ada: User) -> None:
    kept, gone = two
    mine, theirs = make_pet(kept), make_pet(gone, name="Tom")
    done = merge(kept, gone, ada)
    visit = make_visit(kept)
    visit.pets.add(mine, theirs)
    with pytest.raises(ForbiddenError, match="is for pets of both") as refusal:
        undo_merge(merge=done, by=ada)
    assert str(visit) in refusal.value.messages[0]
    assert not Client.objects.filter(pk=gone.pk).exists()
    visit.pets.remove(mine)
    undo_merge(merge=done, by=ada)
    assert fresh(visit).client_id == gone.pk


def test_merges_are_taken_back_in_the_other_order(two: tuple[Client, Client], ada: User) -> None:
    kept, gone = two
    third = make_client(first_name="Al")
    first, second = merge(kept, gone, ada), merge(third, kept, ada)
    first.refresh_from_db()
    assert first.client == third
    assert "Take that back first." in forbidding(first)[0]
    undo_merge(merge=second, by=ada)
    first.refresh_from_db()
    assert (first.client, forbidding(first)) == (kept, [])
    undo_merge(merge=first, by=ada)
    assert {kept.pk, gone.pk, third.pk} <= set(Client.objects.values_list("pk", flat=True))
    first.refresh_from_db()
    assert forbidding(first) == ["It was taken back already."]


def test_two_pets_of_a_client_become_one_and_two_again(ada: User) -> None:
    client = make_client()
    kept, gone = make_pet(client, breed="Pug"), make_pet(client, feeding="Twice", weight="9 kg")
    visit = make_visit(client)
    visit.pets.add(gone)
    update_pet(fresh(gone), values={"weight": "10 kg"}, by=ada)
    done = merge(kept, gone, ada)
    pet = fresh(kept)
    assert (pet.breed, pet.feeding, pet.weight) == ("Pug", "Twice", "10 kg")
    assert list(visit.pets.all()) == [kept]
    assert [(each.key, each.new_text) for each in done.changes.all()] == [("weight", "10 kg")]
    undo_merge(merge=done, by=ada)
    assert list(visit.pets.all()) == [gone]
    assert (fresh(kept).weight, fresh(gone).weight) == ("", "10 kg")
    assert [each.new_text for each in gone.changes_of("weight")] == ["10 kg"]


def test_secrets_of_own_fields_move_sealed(ada: User) -> None:
    field = make_field("client", "Safe", Kind.SECRET)
    kept, gone = make_client(), make_client(**{field.key: "gate open"})
    token = gone.custom[field.key]
    done = merge(kept, gone, ada)
    assert fresh(kept).custom[field.key] == token
    assert done.gone["custom"][field.key] == token
    assert "gate open" not in str([done.gone, done.taken, done.left])
    assert Merge in sealed_columns()
    undo_merge(merge=done, by=ada)
    assert fresh(gone).custom[field.key] == token
    assert field.key not in fresh(kept).custom


def test_keys_rotated_since_keep_nothing_back(two: tuple[Client, Client], ada: User) -> None:
    kept, gone = two
    done = merge(kept, gone, ada)
    resealed = key_ring().seal(key_ring().unseal(fresh(kept).door_code))
    Client._base_manager.filter(pk=kept.pk).update(door_code=resealed)
    assert undo_merge(merge=done, by=ada) == []
    assert not fresh(kept).door_code


def test_somebody_saved_one_of_them_meanwhile(two: tuple[Client, Client], ada: User) -> None:
    kept, gone = two
    update_client(fresh(gone), values={"city": "Dublin"}, by=ada)
    with pytest.raises(StaleRecordError):
        merge_clients(kept=kept, gone=gone, picks={}, by=ada)
    assert Client.objects.filter(pk=gone.pk).exists()


def test_a_blocked_sitter_with_visits_to_come_forbids_the_merge(
    two: tuple[Client, Client], ada: User, sam: User
) -> None:
    kept, gone = two
    kept.blocked_sitters.add(sam)
    day = timezone.localdate() + timedelta(days=3)
    make_visit(gone, sitter=sam, status=VisitStatus.ACCEPTED, visit_on=day)
    with pytest.raises(HeldVisitsError):
        merge(kept, gone, ada)


def aparts() -> set[tuple[int, int]]:
    pairs = Pair.objects.exclude(apart_at=None)
    return set(pairs.values_list("one_id", "other_id"))


def test_not_the_same_is_true_of_the_one_that_stays_until_the_merge_is_taken_back(
    two: tuple[Client, Client], ada: User, mona: User
) -> None:
    kept, gone = two
    asked, unasked, open_too, known = (make_client() for _ in range(4))
    for one, other in ((gone, asked), (gone, unasked), (kept, open_too), (kept, known)):
        Pair.objects.create(one=one, other=other, reasons=["email"], rank=8)
    for other in (open_too, known):
        Pair.objects.create(one=gone, other=other, reasons=["phone"], rank=18)
    keep_apart(pair=Pair.objects.get(one=kept, other=known), by=ada)
    for other in (asked, open_too, known):
        keep_apart(pair=Pair.objects.get(one=gone, other=other), by=mona)
    before = everything()["doubles.Pair"]
    done = merge(kept, gone, ada)
    assert aparts() == {(kept.pk, each.pk) for each in (asked, open_too, known)}
    assert Pair.objects.get(other=asked).apart_by == mona
    assert not Pair.objects.open().exists()
    undo_merge(merge=done, by=ada)
    assert everything()["doubles.Pair"] == before


def test_an_answer_passes_through_a_second_merge_and_back(
    two: tuple[Client, Client], ada: User
) -> None:
    kept, gone = two
    other, third = make_client(), make_client()
    keep_apart(pair=Pair.objects.create(one=gone, other=other, reasons=[], rank=0), by=ada)
    first, second = merge(kept, gone, ada), merge(third, kept, ada)
    assert aparts() == {(other.pk, third.pk)}
    undo_merge(merge=second, by=ada)
    assert aparts() == {(kept.pk, other.pk)}
    first.refresh_from_db()
    undo_merge(merge=first, by=ada)
    assert aparts() == {(gone.pk, other.pk)}


def test_not_the_same_said_of_a_registration_is_remembered_too(
    two: tuple[Client, Client], ada: User
) -> None:
    kept, gone = two
    other = make_client(email="ann@example.com")
    said = {"answer": "apart", "answered_by": ada, "answered_at": timezone.now()}
    LikelyDouble.objects.create(client=gone, known=other, reasons=["email"], **said)
    merge(kept, gone, ada)
    search_book.call()
    assert (aparts(), Pair.objects.open().exists()) == ({(kept.pk, other.pk)}, False)


def test_of_two_not_the_same_that_become_one_nothing_is_left_to_say(
    two: tuple[Client, Client], ada: User
) -> None:
    keep_apart(pair=Pair.objects.create(one=two[0], other=two[1], reasons=[], rank=0), by=ada)
    done = merge(*two, ada)
    assert not aparts()
    undo_merge(merge=done, by=ada)
    assert aparts() == {(two[0].pk, two[1].pk)}


def test_the_number_of_queries_does_not_grow_with_what_moves(
    two: tuple[Client, Client], ada: User
) -> None:
    counts = []
    for visits in (1, 4):
        kept, gone = make_client(), make_client()
        for _ in range(visits):
            make_visit(gone)
            make_key(gone)
        with CaptureQueriesContext(connection) as queries:
            merge(kept, gone, ada)
        counts.append(len(queries))
    assert counts[0] == counts[1]
