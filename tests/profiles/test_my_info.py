"""My Info: the client's own profile, home by home."""

from collections.abc import Callable

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.fields.custom import make_field, rule
from tests.profiles.pages import Node, facts, fill_in, marks, read, shown_clients
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
URL = "/my-info/"


def change(home: Client, by: User, **values: object) -> None:
    update_client(Client.objects.get(pk=home.pk), values=values, by=by)


def needed(page: Node) -> list[tuple[str, str]]:
    """What is still needed: label and address."""
    boxes = page.all(data_needed="")
    return [(link.text, link.attrs["href"]) for box in boxes for link in box.all("a")]


def test_a_client_reads_the_own_fields_in_the_order_of_need(
    signed_in: SignIn, cleo: User, cleos_home: Client, carls_home: Client, mona: User
) -> None:
    change(
        cleos_home, mona, entry_instructions="Side door", office_notes="Pays late.", plants="Two"
    )
    page = read(signed_in(cleo).get(URL))
    assert shown_clients(page) == [cleos_home.pk]
    said = facts(page)
    wanted = {
        "How to get in": "Side door",
        "First name": "Cleo",
        "Street": "12 Maple Street",
        "Primary sitter": "Sam Sitter",
        "Plants": "Two",
    }
    assert {label: said[label] for label in said if label in wanted} == wanted
    assert [label for label in said if label in wanted] == list(wanted)
    assert "Pays late." not in page.text


def test_there_is_one_primary_button_and_it_edits(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    (button,) = read(signed_in(cleo).get(URL)).one("main").all("a", cls="button-primary")
    assert (button.text, button.attrs["href"]) == ("Edit", f"/clients/{cleos_home.pk}/edit/")


def test_after_saving_the_client_is_back(
    signed_in: SignIn, cleo: User, mona: User, cleos_home: Client
) -> None:
    url = f"/clients/{cleos_home.pk}/edit/"
    assert fill_in(signed_in(cleo), url, city="Dublin").headers["Location"] == URL
    assert facts(read(signed_in(cleo).get(URL)))["City"] == "Dublin"
    back = fill_in(signed_in(mona), url, city="Columbus").headers["Location"]
    assert back == f"/clients/{cleos_home.pk}/"


def test_changes_are_marked_until_the_client_has_looked(
    signed_in: SignIn, cleo: User, mona: User, cleos_home: Client
) -> None:
    change(cleos_home, mona, city="Dublin", referral="a friend")
    browser = signed_in(cleo)
    page = read(browser.get(URL))
    assert marks(page) == {"city": "x1 new"}
    popup = page.one("a", data_field="city").attrs["href"]
    told = read(browser.get(popup))
    assert (told.one("ins").text, told.one("p", cls="crumbs").one("a").attrs["href"]) == (
        "Dublin",
        URL,
    )
    assert marks(read(browser.get(URL))) == {"city": "x1"}


def test_what_is_required_and_empty_stands_on_top_with_the_way_to_it(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    for key in ("city", "work_phone", "trash_days", "alarm_code", "has_alarm", "door_code"):
        FieldRule.objects.create(subject="client", key=key, client=Access.REQUIRED)
    FieldRule.objects.create(subject="client", key="referral", manager=Access.REQUIRED)
    own = make_field("client", "Nanny", Kind.VET)
    rule(own, client=Access.REQUIRED)
    browser, form = signed_in(cleo), f"/clients/{cleos_home.pk}/edit/"
    assert needed(read(browser.get(URL))) == [
        ("Work phone", f"{form}#id_work_phone"),
        ("Door code", f"{form}#id_door_code"),
        ("Home alarm system", f"{form}#id_has_alarm"),
        ("Trash days", f"{form}#id_trash_days"),
        ("Nanny", f"{form}#id_{own.key}"),
    ]
    ids = {node.attrs.get("id") for node in read(browser.get(form)).walk()}
    assert {url.partition("#")[2] for _label, url in needed(read(browser.get(URL)))} <= ids
    change(cleos_home, cleo, work_phone="614-555-0100", door_code="1", has_alarm=True,
           trash_days=["Monday"])  # fmt: skip
    assert [label for label, _url in needed(read(browser.get(URL)))] == ["Alarm code", "Nanny"]


def test_what_a_client_may_only_read_is_not_still_needed(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    FieldRule.objects.create(subject="client", key="work_phone", client=Access.READ)
    FieldRule.objects.create(
        subject="client", key="home_phone", client=Access.SHOW, manager=Access.REQUIRED
    )
    assert needed(read(signed_in(cleo).get(URL))) == []


def test_a_login_with_two_homes_chooses_and_comes_back_to_it(
    signed_in: SignIn, cleo: User, cleos_home: Client, carls_home: Client
) -> None:
    lake = make_client(first_name="Cleo", last_name="Carter", street="1 Lake", logins=[cleo])
    browser = signed_in(cleo)
    page = read(browser.get(URL))
    tabs = page.one("nav", cls="tabs")
    assert [(tab.text, "aria-current" in tab.attrs) for tab in tabs.all("a")] == [
        ("12 Maple Street", True),
        ("1 Lake", False),
    ]
    assert shown_clients(read(browser.get(tabs.all("a")[1].attrs["href"]))) == [lake.pk]
    assert shown_clients(read(browser.get(URL))) == [lake.pk]
    answer = fill_in(browser, f"/clients/{cleos_home.pk}/edit/", city="Dublin")
    assert answer.headers["Location"] == URL
    assert shown_clients(read(browser.get(URL))) == [cleos_home.pk]
    strange = [str(carls_home.pk), "987654321", "x", "", "9" * 5000]
    assert {browser.get(URL, {"home": home}).status_code for home in strange} == {404}


def test_who_leaves_a_home_sees_the_other(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    lake = make_client(street="1 Lake", logins=[cleo])
    browser = signed_in(cleo)
    browser.get(URL, {"home": lake.pk})
    lake.logins.remove(cleo)
    page = read(browser.get(URL))
    assert (shown_clients(page), page.all("nav", cls="tabs")) == ([cleos_home.pk], [])


def test_a_home_whose_street_is_hidden_goes_by_its_name(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    make_client(first_name="Cleo", last_name="Lake", street="1 Lake", logins=[cleo])
    FieldRule.objects.create(subject="client", key="street", client=Access.HIDE)
    tabs = read(signed_in(cleo).get(URL)).one("nav", cls="tabs")
    assert tabs.text == "Cleo CarterCleo Lake"


def test_a_login_without_a_home_is_told(signed_in: SignIn, cleo: User) -> None:
    for url in (URL, "/my-pets/"):
        page = read(signed_in(cleo).get(url)).one("main")
        assert page.one("div", cls="empty").text == (
            "No home yet Your sign-in is not joined to a home. Do you have a code from the office?"
            " I have an invite code"
        )
        assert [link.attrs["href"] for link in page.all("a", cls="button")] == ["/invites/redeem/"]


def test_the_menu_of_clients_leads_here(signed_in: SignIn, cleo: User, cleos_home: Client) -> None:
    for url in ("/", URL, "/my-pets/"):
        page = read(signed_in(cleo).get(url))
        bar = page.one("nav", cls="bottom-bar").all("a")
        assert [(link.text, link.attrs["href"]) for link in bar] == [
            ("Schedule", "/my-schedule/"),
            ("Home", "/"),
            ("Messages", "/messages/"),
        ]
        menu = [link for link in page.all("a") if "aria-current" in link.attrs]
        assert url in {link.attrs["href"] for link in menu}
    links = [link.attrs["href"] for link in read(signed_in(cleo).get("/")).one("main").all("a")]
    assert {f"{URL}?home={cleos_home.pk}", "/my-pets/"} <= set(links)


def test_my_info_costs_the_same_for_several_homes(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(cleo), []
    for more in (0, 2, 5):
        for _ in range(more):
            make_client(logins=[cleo], street="1 Elm")
        counts.append(queries(browser, URL))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10
