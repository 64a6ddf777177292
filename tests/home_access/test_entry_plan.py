"""The entry plan of a home: who reads it, who changes it, and what was confirmed."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.access.actions.entry import MOST_WAYS
from pawfile.access.models import WayIn, WayKind
from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_visit
from tests.home_access.ways import make_way, order_of, today
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
HTMX = {"HX-Request": "true"}


def url_of(client: Client, more: str = "") -> str:
    return f"/clients/{client.pk}/entry/{more}"


def card(browser: Browser, client: Client) -> list[str]:
    """The lines of the part of a page."""
    part = read(browser.get(url_of(client), headers=HTMX)).one("section", id="entry-plan")
    return [" ".join(line.text.split()) for line in part.all("li")]


def days(client: Client) -> list[date | None]:
    return list(client.ways_in.values_list("confirmed_on", flat=True))


def hide_the_way_in() -> None:
    FieldRule.objects.create(
        subject="client", key="entry_instructions",
        manager=Access.HIDE, sitter=Access.HIDE, client=Access.HIDE,
    )  # fmt: skip
    SiteOptions.renew_fields()


@pytest.fixture
def staff(ada: User, mona: User, sam: User) -> list[User]:
    return [ada, mona, sam]


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def test_everybody_of_the_home_reads_it_in_the_order_to_try(
    signed_in: SignIn, staff: list[User], cleo: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"lockbox_code": "7391"}, by=None)
    make_way(cleos_home, WayKind.LOCKBOX, words="Left", key="lockbox_code")
    make_way(cleos_home, WayKind.GARAGE, key="garage_code", confirmed_on=date(2026, 3, 3))
    make_way(cleos_home, WayKind.PERSON, words="Neighbor at number 14")
    wanted = [
        "Lockbox Not confirmed yet Left Lockbox code••••••Saved and sealedReveal Lockbox code",
        "Garage door Confirmed Tue 3 Mar 2026 Garage codeNothing saved yet",
        "A person with a key Not confirmed yet Neighbor at number 14",
    ]
    for who in (*staff, cleo):
        browser = signed_in(who)
        assert card(browser, cleos_home) == wanted
        assert "7391" not in content(browser.get(url_of(cleos_home)))


def test_profile_visit_and_my_info_show_it(
    signed_in: SignIn, staff: list[User], cleo: User, cleos_home: Client
) -> None:
    _ada, mona, sam = staff
    visit = make_visit(cleos_home, sitter=sam)
    profile, at_visit = f"/clients/{cleos_home.pk}/", f"/visits/{visit.pk}/"
    places = ((mona, profile), (sam, profile), (sam, at_visit), (cleo, "/my-info/"))
    for who, url in places:
        assert f'hx-get="{url_of(cleos_home)}' in content(signed_in(who).get(url)), url
    hide_the_way_in()
    for who, url in places:
        assert f'hx-get="{url_of(cleos_home)}' not in content(signed_in(who).get(url)), url


def test_from_whom_the_field_is_hidden_the_plan_is_hidden(
    signed_in: SignIn, staff: list[User], cleo: User, cleos_home: Client
) -> None:
    ada, mona, sam = staff
    way = make_way(cleos_home)
    hide_the_way_in()
    urls = [url_of(cleos_home), url_of(cleos_home, "new/"), f"/ways-in/{way.pk}/edit/"]
    for who in (mona, sam, cleo):
        assert [signed_in(who).get(url).status_code for url in urls] == [404] * 3
        posts = [url_of(cleos_home, "confirm/"), f"/ways-in/{way.pk}/remove/"]
        assert [signed_in(who).post(url).status_code for url in posts] == [404] * 2
    assert [signed_in(ada).get(url).status_code for url in urls] == [200] * 3
    assert days(cleos_home) == [None]


def test_a_code_that_is_hidden_is_not_spoken_of(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    make_way(cleos_home, WayKind.KEYPAD, key="door_code")
    FieldRule.objects.create(
        subject="client", key="door_code",
        manager=Access.SHOW, sitter=Access.HIDE, client=Access.HIDE,
    )  # fmt: skip
    SiteOptions.renew_fields()
    assert "Door code" in card(signed_in(mona), cleos_home)[0]
    assert card(signed_in(sam), cleos_home) == ["Keypad or smart lock Not confirmed yet"]


def test_whoever_cannot_see_its_code_keeps_it_when_saving(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    way = make_way(cleos_home, WayKind.KEYPAD, key="door_code")
    FieldRule.objects.create(
        subject="client", key="door_code",
        manager=Access.SHOW, sitter=Access.HIDE, client=Access.HIDE,
    )  # fmt: skip
    SiteOptions.renew_fields()
    browser = signed_in(cleo)
    assert "Door code" not in content(browser.get(f"/ways-in/{way.pk}/edit/"))
    forged = {"kind": "keypad", "words": "Side door", "key": "lockbox_code"}
    browser.post(f"/ways-in/{way.pk}/edit/", forged)
    way.refresh_from_db()
    assert (way.words, way.key) == ("Side door", "door_code")


def test_adding_puts_it_last_and_changing_takes_the_confirmation_away(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    make_way(cleos_home)
    browser, new = signed_in(mona), url_of(cleos_home, "new/")
    given = {"kind": "lockbox", "words": "Left", "key": "lockbox_code", "is_confirmed": "on"}
    assert browser.post(new, given).headers["Location"] == url_of(cleos_home)
    way = WayIn.objects.get(kind="lockbox")
    assert order_of(cleos_home) == ["key", "lockbox"]
    assert (way.key, way.confirmed_on, way.confirmed_by) == (
        "lockbox_code", today(), mona,
    )  # fmt: skip
    same = {key: value for key, value in given.items() if key != "is_confirmed"}
    browser.post(f"/ways-in/{way.pk}/edit/", same)
    way.refresh_from_db()
    assert way.confirmed_on == today()
    browser.post(f"/ways-in/{way.pk}/edit/", same | {"words": "Right"})
    assert cleos_home.ways_in.filter(words="Right", confirmed_on=None, confirmed_by=None).exists()


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"kind": ""}, "kind", "Choose what opens the door."),
        ({"kind": "window"}, "kind", "Choose one of these."),
        ({"words": "x" * 501}, "words", "At most 500 characters fit; these are 501."),
        ({"key": "first_name"}, "key", "Choose a field that holds a code."),
        ({"key": "nonsense"}, "key", "Choose a field that holds a code."),
    ],
)
def test_wrong_input_is_named_and_kept(
    monas: Browser, cleos_home: Client, given: dict[str, str], field: str, said: str
) -> None:
    answer = monas.post(url_of(cleos_home, "new/"), {"kind": "key", "words": "By the pond"} | given)
    page = read(answer)
    assert answer.status_code == 422
    links = page.one("div", data_form_errors="").all("a")
    assert [link.attrs["href"] for link in links] == [f"#id_{field}"]
    assert said in page.text
    assert WayIn.objects.count() == 0
    if field != "words":
        assert "By the pond" in page.one("textarea", name="words").text


def test_a_plan_has_its_end(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    for _each in range(MOST_WAYS):
        make_way(cleos_home)
    answer = signed_in(mona).post(url_of(cleos_home, "new/"), {"kind": "garage"})
    assert answer.status_code == 422
    assert "at most 20 ways in" in content(answer)
    assert cleos_home.ways_in.count() == MOST_WAYS


def test_the_order_changes_by_buttons(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    ways = [make_way(cleos_home, kind) for kind in ("key", "lockbox", "garage")]
    browser = signed_in(mona)

    def move(place: int, to: str) -> list[str]:
        browser.post(f"/ways-in/{ways[place].pk}/move/", {"to": to})
        return order_of(cleos_home)

    assert move(2, "up") == ["key", "garage", "lockbox"]
    assert move(0, "down") == ["garage", "key", "lockbox"]
    assert move(2, "up") == ["garage", "key", "lockbox"]
    assert move(1, "down") == ["garage", "key", "lockbox"]
    page = read(browser.get(url_of(cleos_home)))
    offered = [
        [each.attrs["value"] for each in li.all("button", name="to")]
        for li in page.all("li", data_way="")
    ]
    assert offered == [["down"], ["up", "down"], ["up"]]


def test_removing_takes_it_off(signed_in: SignIn, cleo: User, cleos_home: Client) -> None:
    way = make_way(cleos_home)
    make_way(cleos_home, "garage")
    answer = signed_in(cleo).post(f"/ways-in/{way.pk}/remove/")
    assert answer.headers["Location"] == url_of(cleos_home)
    assert order_of(cleos_home) == ["garage"]


def test_the_activity_log_tells_of_every_change_of_a_plan(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    browser, given = signed_in(mona), {"kind": "lockbox", "words": "Left", "key": "lockbox_code"}
    browser.post(url_of(cleos_home, "new/"), given)
    way = WayIn.objects.get()
    browser.post(f"/ways-in/{way.pk}/edit/", given | {"words": "Right"})
    browser.post(f"/ways-in/{way.pk}/edit/", given | {"words": "Right", "is_confirmed": "on"})
    browser.post(f"/ways-in/{way.pk}/remove/")
    told = Activity.objects.filter(kind=ActivityKind.ACCESS, about="Cleo Carter").order_by("pk")
    assert list(told.values_list("note", "old_text", "new_text")) == [
        ("Way in added", "", "Lockbox: Left"),
        ("Way in changed", "Lockbox: Left", "Lockbox: Right"),
        ("Way in removed", "Lockbox: Right", ""),
    ]


def test_a_sitter_confirms_and_changes_nothing(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
    way = make_way(cleos_home, words="Left")
    browser = signed_in(sam)
    for verb in ("edit", "move", "remove"):
        given = {"kind": "garage", "to": "up"}
        assert browser.post(f"/ways-in/{way.pk}/{verb}/", given).status_code == 403
    assert browser.post(url_of(cleos_home, "new/"), {"kind": "key"}).status_code == 403
    assert signed_in(stan).post(url_of(cleos_home, "confirm/")).status_code == 404
    way.refresh_from_db()
    assert (way.kind, way.words, way.confirmed_on) == ("key", "Left", None)
    browser.post(url_of(cleos_home, "confirm/"))
    way.refresh_from_db()
    assert (way.confirmed_on, way.confirmed_by) == (today(), sam)


def test_one_way_is_confirmed_or_all_of_this_home(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    first, _second = make_way(cleos_home), make_way(cleos_home, "garage")
    other = make_way(carls_home)
    browser, confirm = signed_in(mona), url_of(cleos_home, "confirm/")
    for forged in (str(other.pk), "x", "9" * 30):
        browser.post(confirm, {"way": forged})
    assert days(cleos_home) + days(carls_home) == [None] * 3
    browser.post(confirm, {"way": str(first.pk)})
    assert days(cleos_home) == [today(), None]
    part = read(browser.post(confirm, headers=HTMX)).one("section", id="entry-plan")
    assert part.text.count("Mona Manager") + part.text.count("You") == 2
    assert days(cleos_home) + days(carls_home) == [today()] * 2 + [None]


def test_clients_read_no_names_of_staff(
    signed_in: SignIn, sam: User, cleo: User, cleos_home: Client
) -> None:
    make_way(cleos_home, confirmed_on=date(2026, 3, 3), confirmed_by=sam)
    assert card(signed_in(cleo), cleos_home) == ["Key Confirmed Tue 3 Mar 2026, Office"]


def test_it_costs_the_same_for_1_and_3_ways(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(mona), []
    for more in (1, 2):
        for _each in range(more):
            make_way(cleos_home, confirmed_on=date(2026, 3, 3), confirmed_by=sam)
        browser.get(url_of(cleos_home))
        with CaptureQueriesContext(connection) as asked:
            browser.get(url_of(cleos_home))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_words_are_text(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    make_way(cleos_home, words="<b>Left</b>")
    assert "&lt;b&gt;Left" in content(signed_in(mona).get(url_of(cleos_home)))


def test_at_a_visit_codes_are_opened_for_it(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"lockbox_code": "7391"}, by=None)
    make_way(cleos_home, WayKind.LOCKBOX, key="lockbox_code")
    visit = make_visit(cleos_home, sitter=sam)
    browser = signed_in(sam)
    page = read(browser.get(url_of(cleos_home, f"?visit={visit.pk}"), headers=HTMX))
    reveal = page.one("button", form="reveal")
    assert (reveal.attrs["name"], reveal.attrs["value"]) == ("visit", str(visit.pk))
    assert reveal.attrs["hx-post"] == f"/clients/{cleos_home.pk}/secrets/lockbox_code/reveal/"
    for strange in ("", "x", "9" * 30):
        page = read(browser.get(url_of(cleos_home, f"?visit={strange}"), headers=HTMX))
        assert "name" not in page.one("button", form="reveal").attrs


@pytest.mark.parametrize("words", ["Left of the door, code 0852", "The code is 4711#"])
def test_a_code_in_the_words_is_refused_unless_somebody_says_that_it_is_none(
    monas: Browser, cleos_home: Client, words: str
) -> None:
    new, given = url_of(cleos_home, "new/"), {"kind": "lockbox", "words": words}
    assert read(monas.get(new)).all("input", name="is_no_code") == []
    answer = monas.post(new, given)
    assert answer.status_code == 422
    assert "This looks like a code." in content(answer)
    assert len(read(answer).all("input", name="is_no_code")) == 1
    assert cleos_home.ways_in.count() == 0
    monas.post(new, given | {"is_no_code": "on"})
    assert cleos_home.ways_in.get().words == words
    plain = {"kind": "lockbox", "words": "On the rail, 3 feet left of door number 12"}
    assert monas.post(new, plain).status_code == 302
