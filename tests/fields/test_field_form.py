"""The pages of one field: make, change, another kind, archive, bring back; two people at once."""

from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.fields import actions
from pawfile.fields.catalogue import catalogue
from pawfile.fields.models import CatalogueEdit, FieldRule
from pawfile.fields.registry import Access, Condition, Kind
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.fields.own_fields import add, choices, stored_choices
from tests.profiles.pages import facts, fill_in, form_fields, problems, read, send, sent_by

LIST = "/options/clients/"
NEW = f"{LIST}client/new/"


@pytest.fixture
def desk(ada: User) -> Browser:
    found = Browser()
    found.force_login(ada)
    return found


def rows(
    *labels: str, values: tuple[str, ...] = (), states: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What the rows of choices post."""
    blank = [""] * len(labels)
    return {
        "choices_label": list(labels),
        "choices_value": [*values, *blank[len(values) :]],
        "choices_state": [*states, *blank[len(states) :]],
    }


def test_a_field_is_made_and_answered(desk: Browser, cleos_home: Client) -> None:
    told = {"label": "Bed time", "kind": "choice", "section": "home", "help": "Roughly."}
    answer = fill_in(desk, NEW, **told, **rows("Early", "Late"), sitter="1", client="0")
    (field,) = catalogue("client").custom
    assert answer.headers["Location"] == f"{LIST}#field-{field.key}"
    assert (field.label, field.kind, field.help) == ("Bed time", Kind.CHOICE, "Roughly.")
    assert (field.manager, field.sitter, field.client) == (Access.SHOW, Access.READ, Access.HIDE)
    late = field.choices[1][0]
    fill_in(desk, f"/clients/{cleos_home.pk}/edit/", **{field.key: late})
    assert facts(read(desk.get(f"/clients/{cleos_home.pk}/")))["Bed time"] == "Late"


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"label": ""}, "Name: A field needs a name."),
        ({"label": "  \t "}, "Name: A field needs a name."),
        ({"label": "CÍTY"}, "Name: There is a field “City” already."),
        ({"label": "x" * 201}, "Name: Ensure this value has at most 200 characters (it has 201)."),
        ({"kind": ""}, "Kind of answer: Choose what kind of answer the field takes."),
        ({"kind": "owner"}, "Kind of answer: Choose what kind of answer the field takes."),
        ({"manager": "7"}, "Manager: Choose one of the four."),
        ({"kind": "choice"}, "Choices: Name at least one choice."),
        ({"kind": "choice", **rows("Red", "réd")}, "Choices: “Red” is there twice."),
        ({"condition": "has_alarm"}, "is answered: Choose the answer on which this is asked."),
        (
            {"condition": "has_alarm", "answer": "fence=Electric"},
            "is answered: Choose the answer on which this is asked.",
        ),
        (
            {"kind": "number", "is_searched": "on"},
            "Clients are found by this: Clients are found by text, phones and e-mail only.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_and_stays_typed(
    desk: Browser, told: dict[str, Any], line: str
) -> None:
    typed = {"label": "Bed time", "kind": "text", "section": "home", "help": "Kept as typed."}
    answer = fill_in(desk, NEW, **{**typed, **told})
    page = read(answer)
    assert answer.status_code == 422
    assert line in problems(page)
    assert page.one("input", id="id_help").attrs["value"] == "Kept as typed."
    assert not catalogue("client").custom
    assert not CatalogueEdit.objects.exists()


def test_a_shipped_field_is_renamed_explained_and_limited(desk: Browser, ada: User) -> None:
    url = f"{LIST}pet/walking/"
    page = read(desk.get(url))
    asked = ["label", "section", "help", "manager", "sitter", "client", "animals", "condition",
             "answer", "is_safety_critical"]  # fmt: skip
    assert form_fields(page) == asked
    assert "its kind is fixed" in page.text
    told = {"label": "Strolls", "help": "Where?", "animals": ["Dog"], "condition": "sex",
            "answer": "sex=Female", "section": "about", "client": "3"}  # fmt: skip
    assert send(desk, url, page, **told).status_code == 302
    field = catalogue("pet")["walking"]
    assert (field.label, field.help, list(field.animals)) == ("Strolls", "Where?", ["Dog"])
    assert field.shown_when == Condition("sex", "Female")
    assert (field.client, catalogue("pet").section_of("walking").key) == (Access.REQUIRED, "about")


def test_saving_untouched_changes_nothing(desk: Browser, ada: User) -> None:
    key = add(ada, "Color", Kind.CHOICE, choices=choices("Red", "Blue"))
    before = CatalogueEdit.objects.count()
    for url in (f"client/{key}/", "client/alarm_code/", "client/first_name/", "pet/animal/"):
        assert fill_in(desk, LIST + url).status_code == 302, url
    assert CatalogueEdit.objects.count() == before


def test_a_condition_is_taken_away(desk: Browser) -> None:
    assert fill_in(desk, f"{LIST}client/alarm_code/", condition="").status_code == 302
    assert catalogue("client")["alarm_code"].shown_when is None


def test_the_page_says_how_many_have_answered(desk: Browser, ada: User) -> None:
    for _ in range(3):
        make_client(city="Columbus")
    assert "3 clients have answered this." in read(desk.get(f"{LIST}client/city/")).text
    assert "3 clients have answered this." in read(desk.get(f"{LIST}client/city/move/")).text
    assert "answered this" not in read(desk.get(f"{LIST}client/plants/")).text


def test_choices_are_renamed_retired_and_put_in_order(desk: Browser, ada: User) -> None:
    key = add(ada, "Color", Kind.CHOICE, choices=choices("Red", "Blue"))
    red, blue = (each["value"] for each in stored_choices(key))
    told = rows("Blue", "Crimson", "Green", "", values=(blue, red), states=("away",))
    assert fill_in(desk, f"{LIST}client/{key}/", **told).status_code == 302
    stored = stored_choices(key)
    assert [(each["label"], each["is_retired"]) for each in stored] == [
        ("Blue", True), ("Crimson", False), ("Green", False),
    ]  # fmt: skip
    assert [each["value"] for each in stored[:2]] == [blue, red]
    fill_in(desk, f"{LIST}client/{key}/", **rows("Blue", "Crimson", values=(blue, red)))
    assert [(each["label"], each["is_retired"]) for each in stored_choices(key)] == [
        ("Blue", False), ("Crimson", False), ("Green", True),
    ]  # fmt: skip


def test_two_administrators_at_once(desk: Browser, ada: User, cleos_home: Client) -> None:
    """The later one sees what is saved now beside what was typed, and decides by saving again."""
    url = f"{LIST}client/city/"
    page = read(desk.get(url))
    actions.change_field(subject="client", key="city", values={"label": "Town"}, by=ada)
    answer = send(desk, url, page, label="Place", help="Typed meanwhile.")
    assert answer.status_code == 409
    stale = read(answer)
    table = [[cell.text for cell in line.all() if cell.tag in ("th", "td")]
             for line in stale.one("table", cls="field-differences").all("tr")]  # fmt: skip
    assert table == [
        ["Setting", "Saved now", "Yours"],
        ["Name", "Town", "Place"],
        ["Help text", "empty", "Typed meanwhile."],
    ]
    assert catalogue("client")["city"].label == "Town"
    assert send(desk, url, stale).status_code == 302
    field = catalogue("client")["city"]
    assert (field.label, field.help) == ("Place", "Typed meanwhile.")


def test_a_form_that_saw_nothing_is_late_too(desk: Browser) -> None:
    told = {"label": "Town", "section": "address", "manager": 2, "sitter": 2, "client": 2}
    assert desk.post(f"{LIST}client/city/", told).status_code == 409


def test_another_kind_is_tried_then_taken(desk: Browser, ada: User) -> None:
    key = add(ada, "Floor")
    good, bad = make_client(), make_client(first_name="Bea", last_name="Bell")
    update_client(good, values={key: "4"}, by=ada)
    update_client(bad, values={key: "the second"}, by=ada)
    url = f"{LIST}client/{key}/kind/"
    page = read(desk.get(url, {"kind": "number"}))
    assert "1 of 2 answers can be taken over" in page.text
    (lost,) = page.one("ul", cls="plain-list").all("li")
    assert lost.text == "Bea Bellthe second"
    assert catalogue("client")[key].kind == Kind.TEXT
    answer = desk.post(url, {"kind": "number"})
    (new,) = catalogue("client").custom
    assert answer.headers["Location"] == f"{LIST}#field-{new.key}"
    assert (new.kind, list(catalogue("client").archived)) == (Kind.NUMBER, [key])
    shown = facts(read(desk.get(f"/clients/{good.pk}/")))
    assert shown["Floor"] == "4"


@pytest.mark.parametrize("kind", ["text", "photo", "vet", "owner", "", "nonsense"])
def test_a_kind_that_cannot_be_had_is_refused(desk: Browser, ada: User, kind: str) -> None:
    url = f"{LIST}client/{add(ada, 'Floor')}/kind/"
    assert desk.post(url, {"kind": kind}).status_code == 422
    assert [field.kind for field in catalogue("client").custom] == [Kind.TEXT]


def test_a_code_stays_a_code(desk: Browser, ada: User) -> None:
    url = f"{LIST}client/{add(ada, 'Safe', Kind.SECRET)}/kind/"
    answer = desk.get(url, {"kind": "text"})
    assert answer.status_code == 422
    assert "Codes and photos stay what they are." in read(answer).text


def test_a_field_is_archived_and_brought_back_with_its_answers(
    desk: Browser, ada: User, cleos_home: Client
) -> None:
    key = add(ada, "Floor")
    update_client(cleos_home, values={key: "4"}, by=ada)
    url = f"{LIST}client/{key}/"
    assert "Its 1 answer is kept" in read(desk.get(f"{url}archive/")).text
    assert desk.post(f"{url}archive/").status_code == 302
    assert "Floor" not in facts(read(desk.get(f"/clients/{cleos_home.pk}/")))
    assert desk.get(url).headers["Location"] == f"{url}restore/"
    archived = read(desk.get(LIST)).one("details", id="archived")
    assert archived.one("a").attrs["href"] == f"{url}restore/"
    add(ada, "Floor")
    taken = desk.post(f"{url}restore/")
    assert taken.status_code == 422
    assert "There is a field “Floor” already." in read(taken).text
    assert desk.post(f"{url}restore/", {"label": "Storey"}).status_code == 302
    assert facts(read(desk.get(f"/clients/{cleos_home.pk}/")))["Storey"] == "4"


def test_a_field_that_a_condition_uses_is_not_archived(desk: Browser, ada: User) -> None:
    pool = add(ada, "Has a boat", Kind.YES_NO)
    told = {"condition": Condition(pool, True)}
    actions.change_field(subject="client", key="parking", values=told, by=ada)
    answer = desk.post(f"{LIST}client/{pool}/archive/")
    assert answer.status_code == 422
    assert "Asked only for its answer: “Parking”." in read(answer).text
    assert pool in catalogue("client").fields


def test_whether_a_field_that_ships_is_safety_critical_is_the_companys_to_say(
    desk: Browser, ada: User
) -> None:
    for key, shipped in (("medical_conditions", True), ("feeding", False)):
        assert catalogue("pet")[key].is_safety_critical is shipped
        url = f"{LIST}pet/{key}/"
        sent = sent_by(read(desk.get(url)))
        assert ("is_safety_critical" in sent) is shipped
        sent.pop("is_safety_critical", None)
        wanted = {} if shipped else {"is_safety_critical": "on"}
        assert desk.post(url, sent | wanted).status_code == 302
        assert catalogue("pet")[key].is_safety_critical is not shipped
        note = Activity.objects.latest("pk")
        assert (note.who, note.kind) == (str(ada), ActivityKind.FIELD)
    rule = FieldRule.objects.get(subject="pet", key="feeding")
    actions.change_field(subject="pet", key="feeding", values={"is_safety_critical": False}, by=ada)
    rule.refresh_from_db()
    assert rule.is_safety_critical is None


def test_how_often_clients_look_through_a_section_is_set_on_its_page(desk: Browser) -> None:
    url = f"{LIST}client/sections/home/"
    assert fill_in(desk, url, review_months="6").status_code == 302
    (section,) = [each for each in catalogue("client").sections if each.key == "home"]
    assert (section.review_months, str(section.label)) == (6, "Home")
    assert Activity.objects.latest("pk").new_text == "Changed the section “Home”"
    for wrong in ("61", "-1", "often"):
        answer = fill_in(desk, url, review_months=wrong)
        assert answer.status_code == 422
        page = read(answer)
        assert "Say a whole number of months, from 0 (never) to 60." in page.text
        assert page.one("input", id="id_review_months").attrs["value"] == wrong
    assert fill_in(desk, url, review_months="").status_code == 302
    assert [each.review_months for each in catalogue("client").sections if each.key == "home"] == [
        0
    ]
