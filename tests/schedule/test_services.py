"""Services & Times: the list, a service, a time block."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.profiles.models import Client
from pawfile.schedule.models import Service, TimeBlock, Visit
from tests.profiles.pages import Node, fill_in, problems, read, sent_by
from tests.schedule.offers import make_service, visit_at

SignIn = Callable[[User], Browser]
NEW, NEW_BLOCK = "/services/new/", "/time-blocks/new/"
AMOUNT = "Write an amount from 0 to 99,999.99, like 20 or 18.50."
MINUTES = "Say whole minutes, from 1 to 1440 (a whole day)."
CLOCK = "Say a time of the day, like 7:00 or 17:30."
LATER = "The end is not after the start. Tick “Ends on the next day” if it does."
NO_BREAKS = "Leave out line breaks and control characters."


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def morning(db: None) -> TimeBlock:
    return TimeBlock.objects.create(name="Morning", start=time(7), end=time(10))


def rows(page: Node, what: str) -> list[list[str]]:
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")]
            for row in page.all("tr") if f"data-{what}" in row.attrs]  # fmt: skip


def recorded() -> list[tuple[str, str, str]]:
    return [(e.about, e.old_text, e.new_text) for e in Activity.objects.order_by("pk")]


def toasts(browser: Browser, url: str = "/services/") -> str:
    return " ".join(node.text for node in read(browser.get(url)).all("div", cls="toast"))


def test_the_office_adds_a_service_and_sees_it_listed(monas: Browser, morning: TimeBlock) -> None:
    answer = fill_in(
        monas, NEW, name=" Walk ", client_name="Dog walk", price="18.5", minutes="30",
        blocks=[morning.pk],
    )  # fmt: skip
    assert (answer.status_code, answer.headers["Location"]) == (302, "/services/")
    page = read(monas.get("/services/"))
    assert rows(page, "service") == [
        ["Walk", "$18.50", "30 min", "Morning", "Dog walk", "Needed", "Active"]
    ]
    assert rows(page, "block") == [["Morning", "07:00 to 10:00", "1"]]
    entry = Activity.objects.get()
    assert (entry.about, entry.note, entry.who) == ("Walk", "Added", "Mona Manager")
    assert "Price: $18.50, Minutes: 30, Time blocks: Morning" in entry.new_text


def test_what_is_not_for_clients_or_inactive_says_so(monas: Browser) -> None:
    make_service("Walk", uses_key=False)
    make_service("Night", is_active=False, client_name="Overnight")
    assert rows(read(monas.get("/services/")), "service") == [
        ["Walk", "$20.00", "30 min", "Any time", "Not for clients", "No", "Active"],
        ["Night", "$20.00", "30 min", "Any time", "Overnight", "Needed", "Inactive"],
    ]


def test_an_edit_changes_what_it_says_and_writes_it_down(
    monas: Browser, morning: TimeBlock, cleos_home: Client
) -> None:
    service = make_service()
    visit = visit_at(cleos_home, service, date(2026, 6, 1))
    url = f"/services/{service.pk}/edit/"
    assert fill_in(monas, url).status_code == 302
    assert recorded() == []
    assert fill_in(monas, url, price="25", blocks=[morning.pk]).status_code == 302
    assert recorded() == [
        ("Walk: Price", "$20.00", "$25.00"), ("Walk: Time blocks", "", "Morning"),
    ]  # fmt: skip
    assert Visit.objects.get().price == visit.price


def test_an_inactive_service_is_one_without_the_tick(monas: Browser) -> None:
    service = make_service()
    page = read(monas.get(f"/services/{service.pk}/edit/"))
    sent = {key: value for key, value in sent_by(page).items() if key != "is_active"}
    assert monas.post(f"/services/{service.pk}/edit/", sent).status_code == 302
    assert recorded() == [("Walk: Active", "Yes", "No")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, ["Name for staff: Say a name."]),
        ({"name": "x" * 201},
         ["Name for staff: A name has at most 200 characters; this one has 201."]),
        ({"name": "a\x1b[31m"}, [f"Name for staff: {NO_BREAKS}"]),
        ({"name": "a\r\nb"}, [f"Name for staff: {NO_BREAKS}"]),
        ({"name": "\u200b"}, ["Name for staff: Write something that can be seen."]),
        ({"name": "WALK"}, ["Name for staff: “WALK” exists already; choose another name."]),
        ({"client_name": "x" * 201},
         ["Name for clients: A name has at most 200 characters; this one has 201."]),
        ({"client_name": "a\u2028b"}, [f"Name for clients: {NO_BREAKS}"]),
        ({"price": ""}, ["Price in USD: Say an amount."]),
        *[({"price": bad}, [f"Price in USD: {AMOUNT}"])
          for bad in ("-1", "1e9", "20.555", "100000", "NaN", "Infinity", "20 dollars", "20,50")],
        *[({"minutes": bad}, [f"Expected length in minutes: {MINUTES}"])
          for bad in ("", "0", "2000", "-5", "1.5", "half an hour")],
        ({"blocks": ["77"]}, ["Offered in: One of these time blocks is gone; choose again."]),
        ({"blocks": ["x"]}, ["Offered in: One of these time blocks is gone; choose again."]),
        ({"name": "", "price": "-1"},
         ["Name for staff: Say a name.", f"Price in USD: {AMOUNT}"]),
    ],
)  # fmt: skip
def test_a_bad_service_is_refused_by_name_and_stays_typed(
    monas: Browser, typed: dict[str, str], told: list[str]
) -> None:
    make_service("Walk")
    sent = {"name": "Sit", "client_name": "kept <b>", "price": "10", "minutes": "30", **typed}
    answer = monas.post(NEW, sent)
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, told)
    assert [service.name for service in Service.objects.all()] == ["Walk"]
    assert recorded() == []
    kept = sent_by(page)
    for key in ("name", "client_name", "price", "minutes"):
        assert kept[key] == [sent[key].replace("\r", "").replace("\n", "")]


@pytest.mark.parametrize(
    ("typed", "kept"), [("0", "0.00"), ("-0", "0.00"), ("99999.99", "99999.99")]
)
def test_the_ends_of_what_a_price_can_be_are_prices(monas: Browser, typed: str, kept: str) -> None:
    assert fill_in(monas, NEW, name="Walk", price=typed, minutes="1440").status_code == 302
    assert str(Service.objects.get().price) == kept


def test_a_service_that_was_never_used_is_deleted(monas: Browser, morning: TimeBlock) -> None:
    service = make_service()
    service.blocks.add(morning)
    page = read(monas.get(f"/services/{service.pk}/edit/"))
    assert [form.attrs["action"] for form in page.one("main").all("form", action="")] == [
        f"/services/{service.pk}/delete/"
    ]
    assert monas.post(f"/services/{service.pk}/delete/").status_code == 302
    assert (Service.objects.count(), TimeBlock.objects.count()) == (0, 1)
    assert Activity.objects.get().note == "Deleted"


def test_a_service_with_visits_or_prices_stays(monas: Browser, cleos_home: Client) -> None:
    walk, sit = make_service("Walk"), make_service("Sit")
    visit_at(cleos_home, walk, date(2026, 6, 1))
    sit.custom_prices.create(client=cleos_home, price=5)
    for service in (walk, sit):
        url = f"/services/{service.pk}/edit/"
        page = read(monas.get(url))
        assert page.one("main").all("button", cls="button-danger") == []
        answer = monas.post(f"/services/{service.pk}/delete/")
        assert answer.headers["Location"] == url
        assert f"{service} is in use and was not deleted." in toasts(monas, url)
    assert Service.objects.count() == 2


def test_a_time_block_is_made_changed_and_deleted(monas: Browser) -> None:
    assert fill_in(monas, NEW_BLOCK, name="Morning", start="7:00", end="10:00").status_code == 302
    block = TimeBlock.objects.get()
    url = f"/time-blocks/{block.pk}/edit/"
    assert fill_in(monas, url, start="20:00", end="08:00", is_overnight="on").status_code == 302
    assert rows(read(monas.get("/services/")), "block") == [
        ["Morning", "20:00 to 08:00, on the next day", "0"]
    ]
    assert recorded()[-1] == (
        "Morning: Times", "07:00 to 10:00", "20:00 to 08:00, on the next day",
    )  # fmt: skip
    assert monas.post(f"/time-blocks/{block.pk}/delete/").status_code == 302
    assert TimeBlock.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, ["Name: Say a name."]),
        ({"name": "morning"}, ["Name: “morning” exists already; choose another name."]),
        ({"name": "x" * 101}, ["Name: A name has at most 100 characters; this one has 101."]),
        ({"end": "07:00"}, [f"Ends at: {LATER}"]),
        ({"end": "06:59"}, [f"Ends at: {LATER}"]),
        ({"start": "25:00"}, [f"Starts at: {CLOCK}"]),
        ({"start": "", "end": "noon"}, [f"Starts at: {CLOCK}", f"Ends at: {CLOCK}"]),
    ],
)  # fmt: skip
def test_a_bad_time_block_is_refused_by_name(
    monas: Browser, morning: TimeBlock, typed: dict[str, str], told: list[str]
) -> None:
    sent = {"name": "Noon", "start": "07:00", "end": "13:00", **typed}
    answer = monas.post(NEW_BLOCK, sent)
    assert (answer.status_code, problems(read(answer))) == (422, told)
    assert {key: sent_by(read(answer))[key] for key in sent} == {k: [v] for k, v in sent.items()}
    assert list(TimeBlock.objects.all()) == [morning]


def test_a_time_block_with_visits_stays(
    monas: Browser, morning: TimeBlock, cleos_home: Client
) -> None:
    visit_at(cleos_home, make_service(), date(2026, 6, 1), block=morning)
    answer = monas.post(f"/time-blocks/{morning.pk}/delete/")
    assert answer.headers["Location"] == f"/time-blocks/{morning.pk}/edit/"
    assert TimeBlock.objects.count() == 1


def test_blocks_are_listed_as_the_day_goes(monas: Browser) -> None:
    for name, start in (("Evening", 17), ("Night", 21), ("Morning", 7), ("Early", 7)):
        TimeBlock.objects.create(name=name, start=time(start), end=time(start + 2))
    listed = [row[0] for row in rows(read(monas.get("/services/")), "block")]
    assert listed == ["Early", "Morning", "Evening", "Night"]


def test_the_page_costs_the_same_for_one_and_for_three(monas: Browser, morning: TimeBlock) -> None:
    counts = []
    for name in ("Walk", "Sit", "Night"):
        make_service(name).blocks.add(morning)
        TimeBlock.objects.create(name=name)
        monas.get("/services/")
        with CaptureQueriesContext(connection) as asked:
            monas.get("/services/")
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 7


def test_clients_see_what_has_a_name_for_them_and_staff_see_all(cleo: User, sam: User) -> None:
    """Rule 88, of the rows."""
    make_service("Walk", client_name="Dog walk")
    make_service("Errand")
    make_service("Night", client_name="Overnight", is_active=False)
    seen = [[s.name for s in Service.objects.visible_to(user)] for user in (cleo, sam)]
    assert seen == [["Walk"], ["Errand", "Night", "Walk"]]
