"""The names of what a profile points at are read in one query."""

from pytest_django import DjangoAssertNumQueries

from pawfile.accounts.models import Role, User
from pawfile.fields.policy import policy_for
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.names import fetch_names
from pawfile.resources.models import Territory, TerritoryZip, Vet
from tests.factories import make_client, make_pet, make_user

KEYS = ("vet", "primary_sitter", "secondary_sitter", "territory", "blocked_sitters", "tags")


def test_all_names_come_from_one_query(
    ada: User, sam: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    north = Territory.objects.create(name="North")
    TerritoryZip.objects.create(territory=north, zip_code="43085")
    made = make_client(
        zip_code="43085-1234", vet=Vet.objects.create(name="Dr. Ames", clinic="Oak"),
        primary_sitter=sam, secondary_sitter=make_user(Role.SITTER, "Stella"),
        blocked_sitters=[make_user(Role.SITTER, "Zed"), make_user(Role.SITTER, "Bob")],
        tags=["VIP", "Early"],
    )  # fmt: skip
    pet = make_pet(made, pet_vet=Vet.objects.create(name="Dr. Birch"))
    home, pets = Client.objects.get(pk=made.pk), [Pet.objects.get(pk=pet.pk)]
    policy_for(ada, "client")
    with django_assert_num_queries(1):
        fetch_names(home, pets, reader=ada)
        texts = [home.field_text(key) for key in KEYS]
        texts.append(pets[0].field_text("pet_vet"))
    assert texts == [
        "Dr. Ames, Oak", sam.name, "Stella", "North (by zip)", "Bob, Zed", "Early, VIP",
        "Dr. Birch",
    ]  # fmt: skip


def test_whoever_sees_nothing_of_it_asks_nothing(
    sam: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    home = Client.objects.get(pk=make_client(tags=["VIP"], zip_code="").pk)
    home.primary_sitter = home.secondary_sitter = home.vet = None
    sam.role = Role.CLIENT
    policy_for(sam, "client")
    with django_assert_num_queries(0):
        fetch_names(home, [], reader=sam)


def test_names_read_before_a_change_are_not_in_the_history_as_the_new_ones(
    ada: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"tags": ["VIP"]}, by=ada)
    home = Client.objects.get(pk=cleos_home.pk)
    fetch_names(home, [], reader=ada)
    update_client(home, values={"tags": ["Early"]}, by=ada)
    change = home.changes.order_by("-pk")[0]
    assert (change.key, change.old_text, change.new_text) == ("tags", "VIP", "Early")
