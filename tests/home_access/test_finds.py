"""Codes in free text: noticed on save, moved into the vault without a trace, or dismissed."""

import pytest
from django.test import Client as Browser

from pawfile.access.actions.finds import (
    SAVED,
    TEXT,
    FilledError,
    GoneError,
    dismiss_find,
    move_into_vault,
)
from pawfile.access.models import Find, FindState
from pawfile.access.texts import digest_of
from pawfile.accounts.models import User
from pawfile.fields.registry import Field, Kind
from pawfile.lib.columns import key_ring
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientChange
from tests.factories import make_client, make_pet
from tests.fields.custom import make_field
from tests.home_access.stored import everything_stored

pytestmark = pytest.mark.django_db

NOTE = "Dogs in the kitchen. Garage 9 9 1 2, leash on the hook."
LEFT = "Dogs in the kitchen. Garage [Garage code: in the vault], leash on the hook."


def field(key: str, subject: type[Client | Pet] = Client) -> Field:
    return subject.subject.fields[key]


@pytest.fixture
def home() -> Client:
    return make_client(entry_instructions=NOTE)


def only_find() -> Find:
    return Find.objects.select_related("client", "pet").get(state=FindState.OPEN)


def move(home: Client, by: User, *, key: str = "garage_code", keep: str = "") -> Client:
    move_into_vault(find=only_find(), into=field(key), is_for_pet=False, by=by, keep=keep)
    return Client.objects.get(pk=home.pk)


def states() -> list[str]:
    return list(Find.objects.order_by("pk").values_list("state", flat=True))


def test_a_code_is_noticed_when_the_text_is_saved(home: Client) -> None:
    found = only_find()
    assert (found.client, found.pet, found.key) == (home, None, "entry_instructions")
    assert found.digest == digest_of("9912")
    assert "9912" not in found.digest


def test_saving_again_notices_nothing_twice(home: Client, mona: User) -> None:
    update_client(home, values={"city": "Powell"}, by=mona)
    assert states() == [FindState.OPEN]


def test_who_takes_the_code_out_by_hand_has_settled_it(home: Client, mona: User) -> None:
    home = update_client(home, values={"entry_instructions": "Ring the bell."}, by=mona)
    assert states() == [FindState.GONE]
    update_client(home, values={"entry_instructions": NOTE}, by=mona)
    assert states() == [FindState.OPEN]


def test_a_dismissed_one_is_not_asked_about_again(home: Client, mona: User) -> None:
    dismiss_find(find=only_find(), by=mona)
    home = update_client(home, values={"entry_instructions": "Changed. Garage 9912"}, by=mona)
    assert states() == [FindState.DISMISSED]
    update_client(home, values={"entry_instructions": "Garage 4455"}, by=mona)
    assert states() == [FindState.DISMISSED, FindState.OPEN]


def test_moving_seals_the_code_and_leaves_a_pointer(home: Client, mona: User) -> None:
    home = move(home, mona)
    assert home.entry_instructions == LEFT
    assert key_ring().unseal(home.garage_code) == "9 9 1 2"
    assert states() == [FindState.MOVED]
    assert Find.objects.get().decided_by == mona


def test_the_pointer_is_no_code_itself(home: Client, mona: User) -> None:
    home = move(home, mona)
    update_client(home, values={"city": "Powell"}, by=mona)
    assert states() == [FindState.MOVED]


def test_a_save_reads_only_the_texts_it_changed(home: Client, mona: User) -> None:
    Find.objects.all().delete()
    home = update_client(home, values={"city": "Powell", "parking": "On the street."}, by=mona)
    assert states() == []
    update_client(home, values={"entry_instructions": f"{NOTE} Ring first."}, by=mona)
    assert states() == [FindState.OPEN]


def test_the_code_is_nowhere_in_the_database_afterwards(mona: User) -> None:
    gate = make_field("client", "Gate note", Kind.TEXT, is_searched=True)
    home = make_client(**{gate.key: "Gate code Zebra771"})
    home = update_client(home, values={gate.key: "Side gate code is Zebra771#"}, by=mona)
    home = update_client(home, values={gate.key: "wifi password Zebra771"}, by=mona)
    assert "zebra771" in everything_stored().casefold()
    move(home, mona, key="wifi_password")
    assert "zebra771" not in everything_stored().casefold()


def test_the_history_keeps_who_and_when_without_the_code(home: Client, mona: User) -> None:
    home = update_client(home, values={"entry_instructions": f"{NOTE} Ring first."}, by=mona)
    move(home, mona)
    texts = [
        (change.old_text, change.new_text, change.changed_by)
        for change in ClientChange.objects.filter(key="entry_instructions").order_by("pk")
    ]
    assert texts == [
        (LEFT, f"{LEFT} Ring first.", mona),
        (f"{LEFT} Ring first.", f"{LEFT} Ring first.", mona),
    ]


def test_another_code_in_the_vault_is_not_overwritten_unasked(mona: User) -> None:
    home = make_client(entry_instructions=NOTE, garage_code="1111")
    with pytest.raises(FilledError, match="Which is right"):
        move(home, mona)
    kept = Client.objects.get(pk=home.pk)
    assert (kept.entry_instructions, key_ring().unseal(kept.garage_code)) == (NOTE, "1111")


@pytest.mark.parametrize(("keep", "left"), [(SAVED, "1111"), (TEXT, "9 9 1 2")])
def test_whoever_moves_says_which_of_two_codes_is_right(mona: User, keep: str, left: str) -> None:
    home = make_client(entry_instructions=NOTE, garage_code="1111")
    home = move(home, mona, keep=keep)
    assert (home.entry_instructions, key_ring().unseal(home.garage_code)) == (LEFT, left)


def test_the_same_code_in_the_vault_needs_no_question(mona: User) -> None:
    home = make_client(entry_instructions=NOTE, garage_code="9 9 1 2")
    assert move(home, mona).entry_instructions == LEFT


def test_a_code_of_the_alarm_says_that_there_is_one(mona: User) -> None:
    home = make_client(entry_instructions="Alarm 4711# by the stairs")
    assert home.has_alarm is None
    home = move(home, mona, key="alarm_code")
    assert home.has_alarm is True
    assert key_ring().unseal(home.alarm_code) == "4711#"


def test_a_pets_text_goes_into_the_vault_of_the_client(home: Client, mona: User) -> None:
    Find.objects.all().delete()
    pet = make_pet(home, feeding="Food is in the garage, code 4906.")
    move_into_vault(find=only_find(), into=field("garage_code"), is_for_pet=False, by=mona)
    home, pet = Client.objects.get(pk=home.pk), Pet.objects.get(pk=pet.pk)
    assert pet.feeding == "Food is in the garage, code [Garage code: in the vault]."
    assert key_ring().unseal(home.garage_code) == "4906"


def test_a_pets_code_goes_into_a_field_of_the_pet(home: Client, mona: User) -> None:
    Find.objects.all().delete()
    crate = make_field("pet", "Crate PIN", Kind.SECRET)
    pet = make_pet(home, feeding="Crate lock code 4906.")
    move_into_vault(find=only_find(), into=crate.as_field(), is_for_pet=True, by=mona)
    pet = Pet.objects.get(pk=pet.pk)
    assert pet.feeding == "Crate lock code [Crate PIN: in the vault]."
    assert key_ring().matches(pet.field_value(crate.as_field()), "4906")


def test_who_comes_too_late_moves_nothing(home: Client, mona: User) -> None:
    find = only_find()
    update_client(home, values={"entry_instructions": "Ring the bell."}, by=mona)
    find = Find.objects.select_related("client").get(pk=find.pk)
    with pytest.raises(GoneError):
        move_into_vault(find=find, into=field("garage_code"), is_for_pet=False, by=mona)
    assert not Client.objects.get(pk=home.pk).garage_code


def test_names_and_streets_are_not_suspected() -> None:
    make_client(street="4711 Gate Code", last_name="Alarm 4711#")
    assert not Find.objects.exists()


def test_every_kind_of_free_text_is_read(mona: User) -> None:
    own = make_field("pet", "Own words", Kind.LONG_TEXT)
    home = make_client(house_notes="wifi pw hunter2")
    pet = make_pet(home, **{own.key: "Lockbox: 0852"})
    assert set(Find.objects.values_list("pet", "key")) == {
        (None, "house_notes"),
        (pet.pk, own.key),
    }
    update_pet(pet, values={own.key: ""}, by=mona)
    assert states() == [FindState.OPEN, FindState.GONE]


def test_the_profile_asks_with_dots_in_the_place_of_the_code(
    home: Client, mona: User, client: Browser
) -> None:
    client.force_login(mona)
    page = client.get(f"/clients/{home.pk}/codes-in-text/").content.decode()
    assert "This looks like a code: move it into the vault" in page
    assert "Garage <strong>••••</strong>, leash on the hook." in page
    assert "9 9 1 2" not in page
    assert '<option value="client.garage_code" selected>' in page


def test_of_several_codes_in_a_text_the_one_meant_stands_out(mona: User, client: Browser) -> None:
    home = make_client(entry_instructions="Garage 9 9 1 2, then alarm 4711# by the stairs.")
    client.force_login(mona)
    page = client.get(f"/clients/{home.pk}/codes-in-text/").content.decode()
    first = "Garage <strong>••••</strong>, then alarm •••• by the stairs."
    second = "Garage ••••, then alarm <strong>••••</strong> by the stairs."
    assert 0 < page.index(first) < page.index(second)
