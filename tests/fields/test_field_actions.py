"""What an administrator does with fields: every answer stays under its own question."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pawfile.accounts.models import User
from pawfile.fields import actions
from pawfile.fields.answers import answer_count, answer_counts
from pawfile.fields.catalogue import catalogue
from pawfile.fields.edits import last_edit, undo_last
from pawfile.fields.models import CatalogueEdit, CustomField
from pawfile.fields.registry import Access, Condition, Kind
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from tests.factories import make_client, make_pet
from tests.fields.own_fields import add, choices, order, stored_choices


def message(caught: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(caught.value.messages)


def test_a_renamed_field_keeps_its_answers(ada: User, cleos_home: Client) -> None:
    """Rule 63."""
    actions.change_field(subject="client", key="street", values={"label": "Road"}, by=ada)
    field = catalogue("client")["street"]
    assert (str(field.label), cleos_home.field_text(field)) == ("Road", "12 Maple Street")
    actions.change_field(subject="client", key="street", values={"label": "Street"}, by=ada)
    assert str(catalogue("client")["street"].label) == "Street"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"label": ""}, "label"),
        ({"label": "  ́ "}, "label"),
        ({"label": "CITY"}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"label": "a\x07b"}, "label"),
        ({"help": "x" * 501}, "help"),
        ({"manager": 9}, "manager"),
        ({"sitter": "show"}, "sitter"),
        ({"animals": ["Dog"]}, "animals"),
        ({"section": "nowhere"}, "section"),
        ({"condition": Condition("street", True)}, "condition"),
        ({"condition": Condition("city", True)}, "condition"),
        ({"condition": Condition("has_alarm", "maybe")}, "condition"),
        ({"condition": Condition("nothing", True)}, "condition"),
        ({"choices": [{"label": "Red"}]}, "choices"),
    ],
)
def test_what_cannot_be_is_refused_by_name(ada: User, values: dict[str, Any], name: str) -> None:
    before = actions.seen_state("client", "street")
    with pytest.raises(ValidationError) as caught:
        actions.change_field(subject="client", key="street", values=values, by=ada)
    assert list(caught.value.message_dict) == [name]
    assert actions.seen_state("client", "street") == before
    assert CatalogueEdit.objects.count() == 0


def test_what_is_always_required_stays_so(ada: User) -> None:
    tried: list[dict[str, Any]] = [
        {"manager": Access.HIDE},
        {"sitter": Access.READ},
        {"client": Access.SHOW},
        {"animals": ["Dog"]},
        {"condition": Condition("spayed_neutered", value=True)},
    ]
    for values in tried:
        with pytest.raises(ValidationError):
            actions.change_field(subject="pet", key="animal", values=values, by=ada)


def test_a_choice_that_is_renamed_takes_its_answers_along(ada: User) -> None:
    key = add(ada, "Collar", Kind.CHOICE, choices=choices("Red", "Blue"))
    red, blue = stored_choices(key)
    home = make_client(**{key: red["value"]})
    changed = [blue, {**red, "label": "Crimson"}, {"label": "Green"}]
    actions.change_field(subject="client", key=key, values={"choices": changed}, by=ada)
    assert home.field_text(key) == "Crimson"
    assert [each["label"] for each in stored_choices(key)] == ["Blue", "Crimson", "Green"]


def test_a_choice_that_is_left_out_is_retired_not_lost(ada: User) -> None:
    key = add(ada, "Collar", Kind.CHOICE, choices=choices("Red", "Blue"))
    red, blue = stored_choices(key)
    home = make_client(**{key: red["value"]})
    actions.change_field(subject="client", key=key, values={"choices": [blue]}, by=ada)
    assert catalogue("client")[key].retired == {red["value"]}
    assert home.field_text(key) == "Red"


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        choices("Red", "réd"),
        choices(" "),
        [{"value": "c-forged", "label": "Red"}],
        choices(*(f"Choice {number}" for number in range(201))),
    ],
)
def test_bad_lists_of_choices_are_refused(ada: User, wrong: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError) as caught:
        add(ada, "Collar", Kind.CHOICE, choices=wrong)
    assert list(caught.value.message_dict) == ["choices"]
    assert CustomField.objects.count() == 0


def test_fields_and_sections_keep_the_order_they_are_given(ada: User) -> None:
    one, two = add(ada, "One", section="vet"), add(ada, "Two", section="vet")
    assert order("vet") == ["vet", one, two]
    actions.move_field(subject="client", key=two, section="vet", before="vet", by=ada)
    actions.move_field(subject="client", key="pool", section="vet", before=one, by=ada)
    assert order("vet") == [two, "vet", "pool", one]
    assert "pool" not in order("home")
    actions.move_field(subject="client", key="pool", section="home", before="fence", by=ada)
    assert order("home")[:2] == ["pool", "fence"]
    with pytest.raises(ValidationError):
        actions.move_field(subject="client", key="pool", section="home", before=one, by=ada)


def test_an_archived_field_keeps_its_answers_and_comes_back(ada: User) -> None:
    key = add(ada, "Collar")
    home = make_client(**{key: "leather"})
    actions.archive_field(subject="client", key=key, by=ada)
    assert key not in catalogue("client").fields
    update_client(home, values={"street": "1 Elm Street"}, by=ada)
    assert answer_count("client", key) == 1
    actions.restore_field(subject="client", key=key, by=ada)
    assert Client.objects.get(pk=home.pk).field_text(key) == "leather"


def test_a_field_comes_back_under_another_name_if_its_own_is_taken(ada: User) -> None:
    old = add(ada, "Collar")
    actions.archive_field(subject="client", key=old, by=ada)
    add(ada, "collar")
    with pytest.raises(ValidationError) as caught:
        actions.restore_field(subject="client", key=old, by=ada)
    assert message(caught) == "There is a field “collar” already."
    actions.restore_field(subject="client", key=old, by=ada, label="Old collar")
    assert str(catalogue("client")[old].label) == "Old collar"


def test_a_field_on_which_another_depends_is_not_archived(ada: User) -> None:
    key = add(ada, "Has a pool cover", Kind.YES_NO)
    values = {"condition": Condition(key, value=True)}
    actions.change_field(subject="client", key="pool", values=values, by=ada)
    with pytest.raises(ValidationError) as caught:
        actions.archive_field(subject="client", key=key, by=ada)
    assert message(caught) == "Asked only for its answer: “Pool”. Change that first."
    with pytest.raises(ValidationError) as caught:
        actions.archive_field(subject="client", key="street", by=ada)
    assert message(caught) == "This field ships with Pawfile. Hide it instead."


def test_conditions_make_no_chains(ada: User) -> None:
    first, second = add(ada, "First", Kind.YES_NO), add(ada, "Second", Kind.YES_NO)
    third = add(ada, "Third", Kind.YES_NO)
    on_first = {"condition": Condition(first, value=True)}
    actions.change_field(subject="client", key=second, values=on_first, by=ada)
    for key, other in ((third, second), (first, third)):
        values = {"condition": Condition(other, value=True)}
        with pytest.raises(ValidationError):
            actions.change_field(subject="client", key=key, values=values, by=ada)
    actions.change_field(subject="client", key=second, values={"condition": None}, by=ada)
    assert catalogue("client")[second].shown_when is None


def test_the_alarm_is_one_condition_among_others(ada: User, cleos_home: Client) -> None:
    free = {"condition": None}
    actions.change_field(subject="client", key="alarm_company", values=free, by=ada)
    assert catalogue("client")["alarm_company"].shown_when is None
    back = {"condition": Condition("has_alarm", value=True)}
    actions.change_field(subject="client", key="alarm_company", values=back, by=ada)
    assert catalogue("client")["alarm_company"].shown_when == Condition("has_alarm", value=True)


def test_swapped_fields_change_places_and_nothing_else(ada: User) -> None:
    """Rule 66: each value still sits under its own label, and so does its history."""
    one = add(ada, "Leash", section="home", sitter=Access.HIDE)
    other = add(ada, "Toys", Kind.YES_NO, section="vet", help="Balls count.")
    home = make_client(**{one: "red", other: True})
    update_client(home, values={one: "blue"}, by=ada)
    before = order("home").index(one)
    actions.swap_fields(subject="client", one=one, other=other, by=ada)
    home = Client.objects.get(pk=home.pk)
    told = {str(f.label): home.field_text(f) for f in catalogue("client").custom}
    assert told == {"Leash": "blue", "Toys": "Yes"}
    assert (order("home").index(other), order("vet")) == (before, ["vet", one])
    assert (catalogue("client")[one].sitter, str(catalogue("client")[other].help)) == (
        Access.HIDE,
        "Balls count.",
    )
    change = home.changes_of(one).get()
    assert (change.old_text, change.new_text) == ("red", "blue")


def test_only_own_fields_in_use_are_swapped(ada: User) -> None:
    one, archived = add(ada, "Leash"), add(ada, "Toys")
    actions.archive_field(subject="client", key=archived, by=ada)
    for other in (one, archived, "street", "nothing"):
        with pytest.raises(ValidationError) as caught:
            actions.swap_fields(subject="client", one=one, other=other, by=ada)
        assert list(caught.value.message_dict) == ["other"]


def test_the_last_change_is_undone_and_then_the_one_before(ada: User) -> None:
    actions.change_field(subject="client", key="street", values={"label": "Road"}, by=ada)
    key = add(ada, "Collar")
    home = make_client(**{key: "leather"})
    made = last_edit("client")
    assert made
    assert made.text == "Added “Collar”"
    undo_last(subject="client", edit=made.pk, by=ada)
    assert key in catalogue("client").archived
    assert Client.objects.get(pk=home.pk).custom == {key: "leather"}
    renamed = last_edit("client")
    assert renamed
    assert renamed.text == "Renamed “Street” to “Road”"
    undo_last(subject="client", edit=renamed.pk, by=ada)
    assert str(catalogue("client")["street"].label) == "Street"
    assert last_edit("client") is None


def test_undo_is_refused_when_somebody_was_quicker(ada: User) -> None:
    actions.change_field(subject="client", key="street", values={"label": "Road"}, by=ada)
    seen = last_edit("client")
    actions.change_field(subject="client", key="city", values={"label": "Town"}, by=ada)
    assert seen
    with pytest.raises(ValidationError):
        undo_last(subject="client", edit=seen.pk, by=ada)
    assert str(catalogue("client")["street"].label) == "Road"


def test_who_comes_too_late_is_told(ada: User) -> None:
    seen = actions.seen_state("client", "street")
    actions.change_field(subject="client", key="street", values={"label": "Road"}, by=ada)
    with pytest.raises(actions.StaleFieldError):
        actions.change_field(
            subject="client", key="street", values={"help": "House too"}, by=ada, seen=seen
        )


def test_renamed_animals_take_their_pets_along(ada: User, cleos_home: Client) -> None:
    rex = make_pet(cleos_home, animal="Dog")
    koi = make_pet(cleos_home, animal="Fish")
    values = {"animals": ["Dog", "Fish"]}
    actions.change_field(subject="pet", key="walking", values=values, by=ada)
    actions.set_animals(names=[("Dog", "Hound"), ("Cat", "Cat"), ("", "Ferret")], by=ada)
    assert SiteOptions.load().animals == ["Hound", "Cat", "Ferret"]
    assert (Pet.objects.get(pk=rex.pk).animal, Pet.objects.get(pk=koi.pk).animal) == (
        "Hound",
        "Fish",
    )
    assert catalogue("pet")["walking"].animals == {"Hound", "Fish"}
    done = last_edit("pet")
    assert done
    undo_last(subject="pet", edit=done.pk, by=ada)
    assert Pet.objects.get(pk=rex.pk).animal == "Dog"
    assert catalogue("pet")["walking"].animals == {"Dog", "Fish"}
    assert SiteOptions.load().animals[0] == "Dog"


@pytest.mark.parametrize(
    "names",
    [[], [("", "")], [("Dog", "Dog"), ("", "dog")], [("Dog", "Cat")], [("Unicorn", "Horse")]],
)
def test_bad_lists_of_animals_are_refused(ada: User, names: list[tuple[str, str]]) -> None:
    before = SiteOptions.load().animals
    with pytest.raises(ValidationError) as caught:
        actions.set_animals(names=names, by=ada)
    assert list(caught.value.message_dict) == ["animals"]
    assert SiteOptions.load().animals == before


def test_answers_are_counted_for_every_field(ada: User) -> None:
    key = add(ada, "Collar")
    archived = add(ada, "Old")
    vet = Vet.objects.create(name="Dr. V")
    make_client(street="1 Elm", vet=vet, tags=["VIP", "New"], door_code="1234", **{key: "x"})
    make_client(**{archived: "y"})
    actions.archive_field(subject="client", key=archived, by=ada)
    counts = answer_counts("client")
    told = ("first_name", "street", "vet", "tags", "door_code", "gate_code", key, archived)
    assert [counts[each] for each in told] == [2, 1, 1, 1, 1, 0, 1, 1]
    assert [answer_count("client", each) for each in told] == [2, 1, 1, 1, 1, 0, 1, 1]
    assert counts.keys() == catalogue("client").fields.keys() | {archived}
    assert answer_counts("pet")["name"] == 0
