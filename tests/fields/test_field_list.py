"""The list of all fields: rights in place, order, sections, archive, undo, animals."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.fields import actions
from pawfile.fields.catalogue import catalogue
from pawfile.fields.models import CatalogueEdit, CustomField, FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.fields.sections import add_section
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from tests.factories import make_pet
from tests.fields.own_fields import add, order
from tests.profiles.pages import Node, content, read

LIST = "/options/clients/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(ada: User) -> Browser:
    found = Browser()
    found.force_login(ada)
    return found


def rows(page: Node) -> list[str]:
    return [row.attrs["data-key"] for row in page.all("li", cls="field-row")]


def row(page: Node, key: str) -> Node:
    return page.one("li", data_key=key)


def selected(page: Node, key: str) -> dict[str, str]:
    """Role → what is chosen in the row's select."""
    return {
        select.attrs["name"]: next(o.text for o in select.all("option") if "selected" in o.attrs)
        for select in row(page, key).all("select")
    }


def test_every_field_is_listed_in_its_order(desk: Browser) -> None:
    for subject, url in (("client", LIST), ("pet", f"{LIST}?tab=pet")):
        assert rows(read(desk.get(url))) == list(catalogue(subject).fields)


def test_a_row_says_what_is_special(desk: Browser, ada: User) -> None:
    key = add(ada, "Weight class", subject="pet", help="In words.")
    actions.change_field(subject="pet", key=key, values={"animals": ["Dog", "Cat"]}, by=ada)
    pets, clients = read(desk.get(f"{LIST}?tab=pet")), read(desk.get(LIST))
    tags = [tag.text for tag in row(pets, key).all(cls="tag")]
    assert tags == ["Own field", "Cat, Dog", "Help text"]
    tags = [tag.text for tag in row(clients, "alarm_password").all(cls="tag")]
    assert tags == ["Safety", "Home alarm system: Yes", "Help text"]
    assert selected(clients, "vet") == {"manager": "Show", "sitter": "Show", "client": "Show"}
    assert row(clients, "first_name").all("select") == []
    assert "Always required" in row(clients, "first_name").text


def test_the_search_box_works_without_script(desk: Browser) -> None:
    assert rows(read(desk.get(LIST, {"q": "ALARM pass"}))) == ["alarm_code", "alarm_password"]
    assert rows(read(desk.get(LIST, {"q": "Wi-Fi"}))) == ["wifi_name", "wifi_password"]
    assert "No field fits" in read(desk.get(LIST, {"q": "zzz"})).text


def test_how_many_answered_comes_after_the_page(desk: Browser, cleos_home: Client) -> None:
    part = read(desk.get(f"{LIST}counts/", headers=HTMX))
    assert part.one(id="count-city").text == "1 client"
    assert part.one(id="count-work_phone").text == "0 clients"
    page = read(desk.get(f"{LIST}counts/"))
    assert row(page, "city").one(id="count-city").text == "1 client"


def access(desk: Browser, key: str = "city", htmx: bool = True, **levels: Any) -> Any:
    post = {"was": "222", "manager": "2", "sitter": "2", "client": "2", **levels}
    return desk.post(f"{LIST}client/{key}/access/", post, headers=HTMX if htmx else {})


def test_a_right_is_saved_at_once(desk: Browser) -> None:
    answer = access(desk, sitter="0")
    assert answer.status_code == 200
    assert "“City” saved." in answer.headers["HX-Trigger"].encode().decode("unicode_escape")
    form = read(answer).one("form", id="access-city")
    assert form.one("input", name="was").attrs["value"] == "202"
    assert selected(read(desk.get(LIST)), "city")["sitter"] == "Hide"
    assert access(desk, htmx=False, client="1").headers["Location"] == f"{LIST}#field-city"


def test_only_the_touched_right_is_saved(desk: Browser) -> None:
    """Two administrators at one row: each saves what he or she changed, nothing else."""
    access(desk, sitter="0")
    access(desk, client="3")
    field = catalogue("client")["city"]
    assert (field.manager, field.sitter, field.client) == (
        Access.SHOW,
        Access.HIDE,
        Access.REQUIRED,
    )


@pytest.mark.parametrize("level", ["4", "-1", "hide", "", "9" * 400])
def test_an_invalid_level_is_refused(desk: Browser, level: str) -> None:
    answers = access(desk, sitter=level), access(desk, sitter=level, htmx=False)
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Not saved" in read(answers[1]).text
    assert not FieldRule.objects.exists()


def test_an_always_required_field_cannot_be_hidden(desk: Browser) -> None:
    answer = access(desk, "first_name", was="333", manager="0", sitter="3", client="3")
    assert answer.status_code == 422
    assert "always required" in answer.headers["HX-Trigger"]
    assert catalogue("client")["first_name"].manager == Access.SHOW


def move(desk: Browser, key: str, place: str, subject: str = "client", **more: Any) -> Any:
    return desk.post(f"{LIST}{subject}/{key}/move/", {"place": place}, **more)


def test_a_field_moves_up_and_down_by_its_buttons(desk: Browser) -> None:
    page = read(desk.get(LIST))
    up, down = (row(page, "city").one("button", data_move=way) for way in ("up", "down"))
    assert (up.attrs["value"], down.attrs["value"]) == ("address/street2", "address/zip_code")
    answer = move(desk, "city", up.attrs["value"])
    assert answer.headers["Location"] == f"{LIST}#field-city"
    assert order("address")[:3] == ["street", "city", "street2"]
    first = row(page, "street").one("button", data_move="up")
    move(desk, "street", first.attrs["value"])
    assert order("contact")[-1] == "street"
    assert row(page, "first_name").all("button", data_move="up") == []


def test_dragging_gets_the_list_as_it_is_saved(desk: Browser) -> None:
    answer = move(desk, "city", "vet/vet", headers=HTMX)
    assert answer.status_code == 200
    assert rows(read(answer)) == list(catalogue("client").fields)
    assert read(answer).one("form", id="undo").text == "Undo: Moved “City”"
    assert order("vet") == ["city", "vet"]


@pytest.mark.parametrize("place", ["", "nowhere/", "vet/street", "vet", "contact/first_name/x"])
def test_a_place_that_is_none_is_refused(desk: Browser, place: str) -> None:
    whole, part = move(desk, "city", place), move(desk, "city", place, headers=HTMX)
    assert (whole.status_code, part.status_code) == (422, 422)
    assert "Not saved yet" in read(whole).text
    assert rows(read(part)) == list(catalogue("client").fields)
    assert not CatalogueEdit.objects.exists()


def test_the_last_change_is_undone_by_its_button(desk: Browser) -> None:
    move(desk, "city", "vet/")
    undo = read(desk.get(LIST)).one("form", id="undo")
    edit = undo.one("input", name="edit").attrs["value"]
    move(desk, "state", "vet/")
    late = desk.post(f"{LIST}client/undo/", {"edit": edit})
    assert late.status_code == 422
    assert "Somebody has changed the fields since." in read(late).text
    newest = read(late).one("form", id="undo").one("input", name="edit").attrs["value"]
    assert desk.post(f"{LIST}client/undo/", {"edit": newest}).status_code == 302
    assert order("vet") == ["vet", "city"]
    for bad in ("", "x", "9" * 40):
        assert desk.post(f"{LIST}client/undo/", {"edit": bad}).status_code == 422


def test_sections_are_made_renamed_moved_and_removed(desk: Browser) -> None:
    desk.post(f"{LIST}client/sections/new/", {"label": "Garden"})
    key = catalogue("client").sections[-1].key
    url = f"{LIST}client/sections/{key}/"
    assert desk.post(url, {"label": "Yard"}).status_code == 302
    assert desk.post(f"{url}move/", {"before": "contact"}).status_code == 302
    first = catalogue("client").sections[0]
    assert (first.key, first.label) == (key, "Yard")
    move(desk, "city", f"{key}/")
    full = desk.post(f"{url}remove/")
    assert full.status_code == 422
    assert "Move its fields elsewhere first: “City”." in read(full).text
    move(desk, "city", "address/")
    assert desk.post(f"{url}remove/").status_code == 302
    assert catalogue("client").sections[0].key == "contact"


def test_a_section_needs_a_name_of_its_own(desk: Browser, ada: User) -> None:
    for label in ("", "  ", "CONTACT", "x" * 201):
        answer = desk.post(f"{LIST}client/sections/new/", {"label": label})
        assert answer.status_code == 422, label
    assert desk.post(f"{LIST}client/sections/home/", {"label": "contact"}).status_code == 422
    assert desk.post(f"{LIST}client/sections/home/remove/").status_code == 422
    assert desk.post(f"{LIST}client/sections/home/move/", {"before": "x"}).status_code == 422
    assert len(catalogue("client").sections) == 8
    add_section(subject="client", label="Garden", by=ada)
    assert "Garden" in read(desk.get(LIST)).text


def animals(desk: Browser, *names: tuple[str, str, str], **more: str) -> Any:
    columns = zip(*names, strict=True)
    post = dict(zip(("animals_value", "animals_label", "animals_state"), columns, strict=True))
    return desk.post(f"{LIST}animals/", {**post, **more})


def test_the_animals_are_added_renamed_removed_and_put_in_order(
    desk: Browser, cleos_home: Client, ada: User
) -> None:
    rex, tom = make_pet(cleos_home, animal="Dog"), make_pet(cleos_home, animal="Cat")
    actions.change_field(subject="pet", key="walking", values={"animals": ["Dog"]}, by=ada)
    answer = animals(desk, ("", "Llama", ""), ("Dog", "Hound", ""), ("Cat", "Cat", "away"))
    assert answer.status_code == 302
    assert SiteOptions.load().animals == ["Llama", "Hound"]
    assert [Pet.objects.get(pk=pet.pk).animal for pet in (rex, tom)] == ["Hound", "Cat"]
    assert catalogue("pet")["walking"].animals == {"Hound"}


def test_a_list_of_animals_that_makes_no_sense_is_refused(desk: Browser) -> None:
    before = SiteOptions.load().animals
    wrong = [
        [("Dog", "Dog", ""), ("", "dóg", "")],
        [("Dog", "", "")],
        [("", "", "")],
        [("Dog", "Dog", "away")],
        [("Unicorn", "Horse", "")],
        [("", "x" * 201, "")],
    ]
    assert [animals(desk, *names).status_code for names in wrong] == [422] * len(wrong)
    assert SiteOptions.load().animals == before


def test_rows_are_added_and_moved_without_script_and_without_saving(desk: Browser) -> None:
    names = ("Dog", "Dog", ""), ("Cat", "Tomcat", "")
    for command, wanted in (
        ("animals:up:1", ["Tomcat", "Dog"]),
        ("animals:down:0", ["Tomcat", "Dog"]),
        ("animals:up:0", ["Dog", "Tomcat"]),
        ("animals:down:9999999", ["Dog", "Tomcat"][::-1]),
        ("animals:more", ["Dog", "Tomcat", ""]),
    ):
        answer = animals(desk, *names, rows=command)
        listed = read(answer).one("ol").all("input", name="animals_label")
        assert answer.status_code == 200
        assert [box.attrs["value"] for box in listed] == wanted, command
    assert SiteOptions.load().animals[0] == "Dog"


def test_two_of_the_companys_own_fields_change_places(desk: Browser, ada: User) -> None:
    one, other = add(ada, "Car"), add(ada, "Boat", section="home")
    assert "Nothing to swap yet" in read(desk.get("/tools/swap-fields/?tab=pet")).text
    answer = desk.post("/tools/swap-fields/", {"one": one, "other": other})
    assert answer.status_code == 302
    assert (order("home")[-1], order("office")[-1]) == (one, other)
    for wrong in ({"one": one, "other": one}, {"one": one, "other": "city"}, {}):
        assert desk.post("/tools/swap-fields/", wrong).status_code == 422


@pytest.mark.parametrize("who", ["mona", "sam", "cleo"])
def test_a_forged_post_changes_nothing(
    who: str, ada: User, cleos_home: Client, request: pytest.FixtureRequest
) -> None:
    key, edits = add(ada, "Car"), CatalogueEdit.objects.count()
    desk = Browser()
    desk.force_login(request.getfixturevalue(who))
    posts: dict[str, dict[str, str]] = {
        "client/city/access/": {"was": "222", "manager": "0", "sitter": "0", "client": "0"},
        "client/city/move/": {"place": "vet/"},
        "client/city/": {"label": "Mine"},
        "client/new/": {"label": "Mine", "kind": "text", "section": "vet"},
        "client/sections/new/": {"label": "Mine"},
        "client/sections/home/": {"label": "Mine"},
        "client/sections/home/move/": {"before": ""},
        "client/undo/": {"edit": str(CatalogueEdit.objects.latest("pk").pk)},
        f"client/{key}/archive/": {},
        f"client/{key}/kind/": {"kind": "number"},
        "animals/": {"animals_value": "", "animals_label": "Mine", "animals_state": ""},
    }
    assert {desk.post(LIST + url, data).status_code for url, data in posts.items()} == {403}
    assert CatalogueEdit.objects.count() == edits
    assert CatalogueEdit.objects.filter(undone_at=None).count() == edits


def test_an_unknown_subject_field_or_section_is_not_found(desk: Browser, ada: User) -> None:
    for url in (
        "visit/new/", "client/nope/", "client/nope/move/", "visit/city/", "pet/city/",
        "client/cf_99/archive/", "client/city/archive/", "client/city/kind/",
        "client/city/restore/", "client/sections/nope/", "visit/sections/new/",
    ):  # fmt: skip
        assert desk.get(LIST + url).status_code == 404, url
    for url in ("client/nope/access/", "visit/undo/", "client/sections/nope/remove/"):
        assert desk.post(LIST + url).status_code == 404, url


def test_markup_and_writing_from_the_right_are_text(desk: Browser, ada: User) -> None:
    markup, hebrew = "<script>alert(1)</script>", "שם הווטרינר \u202e"
    add(ada, markup)
    add(ada, hebrew, Kind.YES_NO)
    page = content(desk.get(LIST))
    assert markup not in page
    names = [link.text for link in read(desk.get(LIST)).all("a", cls="field-name")]
    assert names[-2:] == [markup, hebrew.strip()]
    assert f"<bdi>{hebrew.strip()}" in page


def test_three_hundred_own_fields_ask_no_more_than_three(desk: Browser, ada: User) -> None:
    def make(count: int) -> None:
        start = CustomField.objects.count()
        CustomField.objects.bulk_create(
            CustomField(subject="client", label=f"Own {start + n}", kind="text")
            for n in range(count)
        )

    def queries(url: str) -> int:
        desk.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url).status_code == 200
        return len(asked)

    make(3)
    urls = (LIST, f"{LIST}counts/", f"{LIST}client/new/", f"{LIST}client/city/move/")
    few = [queries(url) for url in urls]
    make(297)
    assert [queries(url) for url in urls] == few
    assert len(rows(read(desk.get(LIST)))) == len(catalogue("client").fields)
    assert few[0] <= 6
