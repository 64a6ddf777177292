"""The home-access log: newest first, filters, pages, export, who may read it."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.access.models import Ground
from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from tests.factories import make_reveal, make_visit
from tests.profiles.pages import Node, content, read

SignIn = Callable[[User], Browser]
URL = "/home-access/"


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def rows(page: Node) -> list[dict[str, str]]:
    """Each row: heading of a column → what stands in it."""
    found = page.all("tr", data_reveal="")
    return [{cell.attrs["data-label"]: cell.text for cell in row.all("td")} for row in found]


def listed(browser: Browser, query: str = "") -> list[str]:
    return [row["What"] for row in rows(read(browser.get(f"{URL}{query}")))]


def test_a_row_says_who_opened_what_when_and_why(
    adas: Browser, sam: User, cleos_home: Client, rex: Pet
) -> None:
    visit = make_visit(cleos_home, sitter=sam)
    words = "Tue 3 Mar, Morning"
    make_reveal(cleos_home, by=sam, visit=visit, visit_said=words, ground=Ground.VISIT)
    page = read(adas.get(URL))
    assert rows(page) == [
        {
            "Who": "Sam Sitter", "What": "Alarm code", "Client": "Carter, Cleo",
            "Why": "Tue 3 Mar, Morning", "Ground": "For a visit",
        }
    ]  # fmt: skip
    (row,) = page.all("tr", data_reveal="")
    links = [link.attrs["href"] for link in row.all("a")]
    assert links == [f"/clients/{cleos_home.pk}/", f"/visits/{visit.pk}/"]
    assert row.one("th", scope="row").text.startswith("today ")


def test_names_and_words_stay_when_person_and_visit_go(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home)
    make_reveal(cleos_home, by=sam, visit=visit, visit_said="Tue 3 Mar", ground=Ground.VISIT)
    visit.delete()
    cleos_home.primary_sitter = None
    cleos_home.save()
    sam.delete()
    (row,) = rows(read(adas.get(URL)))
    assert (row["Who"], row["Why"]) == ("Sam Sitter", "Tue 3 Mar")


def test_it_is_narrowed_by_client_person_ground_and_field(
    adas: Browser, ada: User, sam: User, carls_home: Client, rex: Pet
) -> None:
    cleos_home = rex.client
    make_reveal(cleos_home, by=sam, key="alarm_code")
    make_reveal(cleos_home, by=ada, key="door_code")
    make_reveal(carls_home, by=sam, key="gate_code", ground="break_glass", reason="No answer.")
    make_reveal(cleos_home, by=sam, key="alarm_code", pet=rex, label="Kennel code")
    everything = ["Rex: Kennel code", "Gate code", "Door code", "Alarm code"]
    found = {
        query: listed(adas, query)
        for query in (
            "", f"?client={cleos_home.pk}", f"?by={ada.pk}", "?ground=break_glass",
            "?field=client.alarm_code", "?field=pet.alarm_code", "?field=client.none",
            "?field=nonsense&ground=x&client=x&by=x&from=soon&at=%00",
        )
    }  # fmt: skip
    assert found == {
        "": everything,
        f"?client={cleos_home.pk}": ["Rex: Kennel code", "Door code", "Alarm code"],
        f"?by={ada.pk}": ["Door code"],
        "?ground=break_glass": ["Gate code"],
        "?field=client.alarm_code": ["Alarm code"],
        "?field=pet.alarm_code": ["Rex: Kennel code"],
        "?field=client.none": [],
        "?field=nonsense&ground=x&client=x&by=x&from=soon&at=%00": everything,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?from=2026-03-03", ["Gate code", "Door code"]),
        ("?to=2026-03-03", ["Door code", "Alarm code"]),
        ("?from=2026-03-03&to=2026-03-03", ["Door code"]),
        ("?from=2026-03-05", []),
    ],
)
def test_a_day_is_the_companys_day(
    adas: Browser, sam: User, cleos_home: Client, query: str, found: list[str]
) -> None:
    SiteOptions.objects.update(time_zone="Pacific/Auckland")  # 13 hours ahead in March
    for key, at in (
        ("alarm_code", datetime(2026, 3, 2, 10, 59, tzinfo=UTC)),
        ("door_code", datetime(2026, 3, 2, 11, tzinfo=UTC)),
        ("gate_code", datetime(2026, 3, 3, 11, tzinfo=UTC)),
    ):
        make_reveal(cleos_home, by=sam, key=key, opened_at=at)
    assert listed(adas, query) == found


def test_pages_follow_each_other_without_gap(adas: Browser, sam: User, cleos_home: Client) -> None:
    made = [make_reveal(cleos_home, by=sam).pk for _ in range(51)]
    page = read(adas.get(URL))
    shown = [int(row.attrs["data-reveal"]) for row in page.all("tr", data_reveal="")]
    page = read(adas.get(URL + page.one("a", rel="next").attrs["href"]))
    shown += [int(row.attrs["data-reveal"]) for row in page.all("tr", data_reveal="")]
    assert shown == made[::-1]


def test_a_page_costs_the_same_however_many_rows_it_has(
    adas: Browser, ada: User, sam: User, carls_home: Client, rex: Pet
) -> None:
    counts, cleos_home = [], rex.client
    make_reveal(cleos_home, by=sam)
    for _ in range(2):
        adas.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            adas.get(URL)
        counts.append(len(queries))
        make_reveal(carls_home, by=ada)
        make_reveal(cleos_home, by=None, pet=rex, label="Kennel code")
    assert counts[0] == counts[1]


def test_no_secret_is_read_to_show_the_log(adas: Browser, sam: User, cleos_home: Client) -> None:
    make_reveal(cleos_home, by=sam)
    with CaptureQueriesContext(connection) as queries:
        adas.get(URL)
    about = [query["sql"] for query in queries if "access_reveal" in query["sql"]]
    assert about
    assert [sql for sql in about if '"alarm_code"' in sql] == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7|add:1 }}", "שלום"])
def test_a_reason_is_shown_as_text(adas: Browser, sam: User, cleos_home: Client, text: str) -> None:
    make_reveal(cleos_home, by=sam, ground=Ground.BREAK_GLASS, reason=text)
    (row,) = rows(read(adas.get(URL)))
    assert row["Why"] == text


def test_what_is_filtered_is_exported_and_written_down(
    adas: Browser, ada: User, sam: User, cleos_home: Client, carls_home: Client
) -> None:
    SiteOptions.objects.update(time_zone="Pacific/Auckland")
    at = datetime(2026, 3, 2, 11, tzinfo=UTC)
    make_reveal(cleos_home, by=sam, ground="break_glass", reason='=1+1, "so"', opened_at=at)
    make_reveal(carls_home, by=sam)
    answer = adas.post(
        "/home-access/export/", {"client": cleos_home.pk, "from": "2026-03-01", "ground": ""}
    )
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="home-access-')
    text = b"".join(answer).decode("utf-8-sig")
    assert list(csv.reader(StringIO(text))) == [
        ["Opened at", "Client", "What", "Who", "Ground", "Visit", "Reason"],
        [
            "2026-03-03 00:00:00+13:00", "Cleo Carter", "Alarm code", "Sam Sitter",
            "Emergency", "", "'=1+1, \"so\"",
        ],
    ]  # fmt: skip
    entry = Activity.objects.get()
    assert (entry.by, entry.kind, entry.about, entry.new_text, entry.note) == (
        ada, "access", "Home-access log", "1 row exported", "Cleo Carter, from 2026-03-01",
    )  # fmt: skip


def test_the_button_exports_what_the_page_shows(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    make_reveal(cleos_home, by=sam, key="door_code")
    make_reveal(cleos_home, by=sam, key="gate_code")
    query = f"?client={cleos_home.pk}&by={sam.pk}&field=client.gate_code&from=2026-01-01"
    form = read(adas.get(URL + query)).one("form", action="/home-access/export/")
    sent = {each.attrs["name"]: each.attrs["value"] for each in form.all("input", name="")}
    text = content(adas.post("/home-access/export/", sent))
    assert ("Gate code" in text, "Door code" in text) == (True, False)
    note = f"Cleo Carter, {sam}, Gate code, from 2026-01-01"
    assert Activity.objects.get().note == note


def test_whoever_may_not_see_the_log_exports_nothing(
    signed_in: SignIn, mona: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    make_reveal(cleos_home, by=sam)
    answers = [signed_in(who).post("/home-access/export/") for who in (mona, sam, cleo)]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not Activity.objects.exists()


def test_the_profile_shows_administrators_the_last_openings(
    adas: Browser, sam: User, cleos_home: Client, carls_home: Client
) -> None:
    url = f"/clients/{cleos_home.pk}/opened/"
    assert read(adas.get(url)).all("li", data_reveal="") == []
    for key in ("door_code", "gate_code"):
        make_reveal(cleos_home, by=sam, key=key)
    make_reveal(carls_home, by=sam)
    page = read(adas.get(url, headers={"HX-Request": "true"}))
    found = [line.one("strong").text for line in page.all("li", data_reveal="")]
    assert found == ["Gate code", "Door code"]
    assert url in content(adas.get(f"/clients/{cleos_home.pk}/"))


def test_the_profile_loads_no_openings_for_others(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    url = f"/clients/{cleos_home.pk}/"
    assert [f"{url}opened/" in content(signed_in(who).get(url)) for who in (mona, sam)] == [
        False, False,
    ]  # fmt: skip
