"""Everything that changed at a client's, on one page: client and pets, newest first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange
from tests.factories import make_pet
from tests.profiles.pages import Node, content, read

SignIn = Callable[[User], Browser]
LONG = "Feed twice a day, half a cup of the dry food in the pantry, and fresh water."


def change(client: Client, by: User | None, **values: object) -> None:
    update_client(Client.objects.get(pk=client.pk), values=values, by=by)


def change_pet(pet: Pet, by: User | None, **values: object) -> None:
    update_pet(Pet.objects.get(pk=pet.pk), values=values, by=by)


def make_changes(model: Any, record: Client | Pet, key: str) -> None:
    """A hundred and thirty, forty of each minute."""
    now = timezone.now()
    model.objects.bulk_create(
        model(
            record=record,
            key=key,
            new_text=f"{key} {number}",
            changed_at=now - timedelta(minutes=number // 40),
            version=1,
        )
        for number in range(130)
    )


def entries(page: Node) -> list[str]:
    lists = page.all("ol", cls="timeline")
    return [node.text for each in lists for node in each.all(cls="timeline-who")]


def url_of(client: Client, query: str = "") -> str:
    return f"/clients/{client.pk}/changes/{query}"


def test_changes_of_client_and_pets_stand_together(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client, rex: Pet
) -> None:
    change(cleos_home, ada, street="1 Elm Street")
    change_pet(rex, mona, breed="Boxer")
    change(cleos_home, None, city="Dublin")
    page = read(signed_in(mona).get(url_of(cleos_home)))
    assert entries(page) == ["City · Import", "Rex: Breed · You", "Street · Ada Admin"]


def test_it_can_be_asked_by_field_person_and_pet(
    signed_in: SignIn, *, ada: User, mona: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    mia = make_pet(cleos_home, name="Mia", animal="Cat")
    change(cleos_home, ada, street="1 Elm Street")
    change(cleos_home, cleo, street="2 Elm Street", city="Dublin")
    change_pet(rex, cleo, breed="Boxer")
    change_pet(mia, None, breed="Siamese")
    browser = signed_in(mona)
    wanted = {
        "?field=client.street": ["Street · Cleo Carter", "Street · Ada Admin"],
        "?field=pet.breed": ["Mia: Breed · Import", "Rex: Breed · Cleo Carter"],
        f"?who={ada.pk}": ["Street · Ada Admin"],
        "?who=office": ["Street · Ada Admin"],
        "?who=import": ["Mia: Breed · Import"],
        "?who=household&about=home": ["City · Cleo Carter", "Street · Cleo Carter"],
        f"?about={rex.pk}": ["Rex: Breed · Cleo Carter"],
        "?who=sitters": [],
    }
    got = {query: entries(read(browser.get(url_of(cleos_home, query)))) for query in wanted}
    assert got == wanted


def test_nonsense_in_the_address_is_as_if_not_asked(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    change(cleos_home, ada, street="1 Elm Street")
    browser = signed_in(ada)
    for query in ("?field=client.nothing", "?who=99", "?about=x", "?at=%00", "?field=%00&who=é"):
        assert entries(read(browser.get(url_of(cleos_home, query)))) == ["Street · You"], query


def test_a_client_cannot_find_out_who_of_the_staff_it_was(
    signed_in: SignIn, ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    """Neither by reading nor by asking for one person after the other."""
    change(cleos_home, ada, street="1 Elm Street")
    browser = signed_in(cleo)
    answers = [browser.get(url_of(cleos_home, f"?who={who.pk}")) for who in (ada, mona)]
    pages = [read(answer) for answer in answers]
    assert [entries(page) for page in pages] == [["Street · Office"]] * 2
    assert [text for text in ("Ada", "Mona") if text in content(answers[0])] == []
    SiteOptions.objects.update(has_staff_names_for_clients=True)
    asked = read(browser.get(url_of(cleos_home, f"?who={ada.pk}")))
    assert entries(asked) == ["Street · Ada Admin"]


def test_a_field_hidden_from_the_reader_is_not_in_it(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client
) -> None:
    """Rule 51, for the page of all changes."""
    change(cleos_home, ada, street="1 Elm Street", city="Dublin")
    assert len(entries(read(signed_in(cleo).get(url_of(cleos_home))))) == 2
    FieldRule.objects.create(subject="client", key="street", client=Access.HIDE)
    page = signed_in(cleo).get(url_of(cleos_home))
    assert entries(read(page)) == ["City · Office"]
    assert "Elm Street" not in content(page)


def test_every_save_of_a_client_is_kept_and_counted(
    signed_in: SignIn, cleo: User, mona: User, cleos_home: Client
) -> None:
    """Rule 57."""
    browser = signed_in(cleo)
    for number in range(1, 6):
        answer = browser.post(f"/clients/{cleos_home.pk}/edit/", {"street": f"{number} Elm Street"})
        assert answer.status_code == 302
    page = read(signed_in(mona).get(url_of(cleos_home, "?field=client.street")))
    assert entries(page) == ["Street · Cleo Carter"] * 5
    profile = read(signed_in(mona).get(f"/clients/{cleos_home.pk}/"))
    assert profile.one(data_field="street").text == "x5"


def test_pages_follow_each_other_without_gap_or_double(
    signed_in: SignIn, mona: User, cleos_home: Client, rex: Pet
) -> None:
    """Also where many changes are of the same moment, as those of one save are."""
    make_changes(ClientChange, cleos_home, "street")
    make_changes(PetChange, rex, "breed")
    browser, url, seen, pages = signed_in(mona), url_of(cleos_home), [], []
    while url:
        page = read(browser.get(url))
        pages.append([node.text for node in page.all("ins")])
        seen += pages[-1]
        following = page.all("a", rel="next")
        url = url_of(cleos_home, following[0].attrs["href"]) if following else ""
    assert (len(seen), len(set(seen)), len(pages)) == (260, 260, 6)
    last = read(browser.get(url_of(cleos_home, "?at=last")))
    assert [node.text for node in last.all("ins")] == seen[-50:]
    back = read(browser.get(url_of(cleos_home, last.one("a", rel="prev").attrs["href"])))
    assert [node.text for node in back.all("ins")] == seen[-100:-50]


def test_a_longer_history_costs_no_query_more(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client, rex: Pet
) -> None:
    browser, counts = signed_in(mona), []
    for number in range(3):
        change(cleos_home, ada, street=f"{number} Elm Street", house_notes=f"{LONG} {number}")
        change_pet(rex, cleos_home.primary_sitter, breed=f"Boxer {number}")
        browser.get(url_of(cleos_home))
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                browser.get(url_of(cleos_home))
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_differs_inside_a_long_text_is_marked_and_spoken(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    """In the pop-up and on the page; the text stays text, whatever is in it."""
    change(cleos_home, ada, house_notes=LONG)
    change(cleos_home, ada, house_notes=LONG.replace("twice", "<b>three times</b>"))
    browser = signed_in(mona)
    for url in (f"/clients/{cleos_home.pk}/changes/house_notes/", url_of(cleos_home)):
        page = read(browser.get(url))
        difference = page.one(cls="difference")
        assert [node.text for node in difference.all("del")] == ["[removed] twice"]
        assert [node.text for node in difference.all("ins")] == ["[added] <b>three times</b>"]
        assert difference.all("b") == []


def test_a_visitor_of_another_home_finds_nothing(
    signed_in: SignIn, carl: User, stan: User, cleos_home: Client, carls_home: Client
) -> None:
    statuses = [signed_in(who).get(url_of(cleos_home)).status_code for who in (carl, stan)]
    assert statuses == [404, 404]


def test_the_menu_and_my_info_lead_to_it(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    for who, url in ((mona, f"/clients/{cleos_home.pk}/"), (cleo, "/my-info/")):
        page = read(signed_in(who).get(url))
        assert page.all("a", href=url_of(cleos_home))


def test_pets_that_only_administrators_see_are_for_them_alone(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    change_pet(rex, ada, breed="Boxer")
    change_pet(rex, ada, active=False)
    assert entries(read(signed_in(cleo).get(url_of(cleos_home)))) == []
    assert len(entries(read(signed_in(ada).get(url_of(cleos_home))))) == 2
