"""From what people type to the clients it finds."""

import pytest

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client
from pawfile.profiles.words import searchable_keys
from tests.factories import make_client, make_pet, make_user


def found(query: str, reader: User) -> list[str]:
    """First names of the clients found, as the table asks for them."""
    clients = Client.objects.visible_to(reader)
    keys = searchable_keys(reader)
    return sorted(
        clients.search(query, reader=reader, keys=keys).values_list("first_name", flat=True)
    )


@pytest.fixture
def zoe(sam: User) -> Client:
    client = make_client(
        first_name="Zoë",
        last_name="Łukaszewicz",
        cell_phone="(614) 555-0123",
        email="zoe.luk@example.org",
        street="4711 Chestnut Street",
        zip_code="43085",
        partner_first_name="Jürgen",
        primary_sitter=sam,
    )
    make_pet(client, name="Schnuffel")
    make_client(first_name="Other", last_name="Person", cell_phone="(212) 555-0177")
    return client


@pytest.mark.parametrize(
    "query",
    [
        "zoe", "ZOË", "łukasz", "lukaszewicz", "Zo", "jurgen", "zoe lukasz", "lukasz zoe",
        "schnuffel", "schnu", "zoe schnuff",
        "(614) 555-0123", "6145550123", "614.555.0123", "+1 614 555 0123", "+16145550123",
        "001 614 555 0123", "555-0123", "0123", "614 555",
        "zoe.luk@example.org", "zoe.luk@", "luk",
        "4711 chestnut", "chestnut", "43085",
    ],
)  # fmt: skip
def test_a_client_is_found_by(query: str, zoe: Client, ada: User) -> None:
    """Rule 45."""
    assert found(query, ada) == ["Zoë"]


@pytest.mark.parametrize("query", ["kaszewi", "estnut", "nuffel"])
def test_a_client_is_found_by_an_inner_part(query: str, zoe: Client, ada: User) -> None:
    assert found(query, ada) == ["Zoë"]


@pytest.mark.parametrize(
    "query", ["lukszewicz", "lukaszzewicz", "lukasxewicz", "lukazsewicz", "schnufel", "chesnut"]
)
def test_one_typo_is_forgiven(query: str, zoe: Client, ada: User) -> None:
    assert found(query, ada) == ["Zoë"]


@pytest.mark.parametrize(
    "query",
    ["", "   ", "...", "%", "_", "%%", "lukxszewixz", "nobody", "0199", "🐕", "٣٤٥", "'; --"],
)
def test_nothing_is_found_by(query: str, zoe: Client, ada: User) -> None:
    assert found(query, ada) == []


@pytest.mark.parametrize("query", ["a" * 5000, "word " * 1000, "'\"\\", "a\u202eb", "%" * 300])
def test_an_odd_query_is_answered(query: str, zoe: Client, ada: User) -> None:
    assert found(query, ada) == []


@pytest.mark.django_db
def test_a_compound_is_found_joined_and_apart(ada: User) -> None:
    make_client(first_name="Siobhan", last_name="O'Neil")
    make_client(first_name="Darin", last_name="Oneil")
    make_client(first_name="Mary", last_name="Smith-Jones")
    assert found("o'neil", ada) == ["Darin", "Siobhan"]
    assert found("oneil", ada) == ["Darin", "Siobhan"]
    assert found("neil", ada) == ["Siobhan"]
    assert found("smith jones", ada) == ["Mary"]
    assert found("jones", ada) == ["Mary"]


def test_a_sitter_finds_only_the_own_clients(zoe: Client, sam: User, stan: User) -> None:
    """Rule 45."""
    assert found("lukaszewicz", sam) == ["Zoë"]
    assert found("lukszewicz", sam) == ["Zoë"]
    assert found("lukaszewicz", stan) == []
    assert found("lukszewicz", stan) == []
    assert found("6145550123", stan) == []


def test_an_inactive_pet_is_found_by_administrators_alone(
    zoe: Client, ada: User, mona: User, sam: User
) -> None:
    """Rule 36."""
    pet = zoe.pets.get()
    assert found("schnuffel", mona) == ["Zoë"]
    update_pet(pet, values={"active": False}, by=ada)
    assert found("schnuffel", ada) == ["Zoë"]
    assert found("schnuffel", mona) == found("schnuffel", sam) == []
    assert found("schnufel", mona) == []
    update_pet(pet, values={"active": True}, by=ada)
    assert found("schnuffel", sam) == ["Zoë"]


def test_a_hidden_field_finds_nothing(zoe: Client, sam: User, ada: User) -> None:
    assert found("6145550123", sam) == ["Zoë"]
    FieldRule.objects.create(subject="client", key="cell_phone", sitter=Access.HIDE)
    FieldRule.objects.create(subject="client", key="street", sitter=Access.HIDE)
    fresh = User.objects.get_queryset().get(pk=sam.pk)
    assert found("6145550123", fresh) == []
    assert found("chestnut", fresh) == found("chesnut", fresh) == []
    assert found("zoe", fresh) == ["Zoë"]
    assert found("chestnut", ada) == ["Zoë"]


def test_a_change_is_found_at_once_and_the_old_word_no_more(zoe: Client, ada: User) -> None:
    update_client(zoe, values={"last_name": "Blumenthal"}, by=ada)
    assert found("blumental", ada) == ["Zoë"]
    assert found("lukaszewicz", ada) == []


def test_a_pet_that_moves_is_found_at_the_new_owner(zoe: Client, ada: User) -> None:
    other = Client.objects.get(first_name="Other")
    update_pet(zoe.pets.get(), values={"client": other}, by=ada)
    assert found("schnuffel", ada) == ["Other"]


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: object) -> None:
    ada = make_user(Role.ADMINISTRATOR, "Ada")
    for number in range(30):
        make_client(first_name=f"Anna{number}", last_name="Berger")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(found("berger", ada)) == 30
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(found("bergre", ada)) == 30
