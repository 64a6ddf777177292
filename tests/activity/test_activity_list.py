"""The activity log: newest first, filters, pages, who may read it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.activity import log
from pawfile.activity.actions import record_activity
from pawfile.activity.models import Activity, ActivityKind
from pawfile.options.models import SiteOptions
from tests.factories import make_user
from tests.profiles.pages import Node, content, read

SignIn = Callable[[User], Browser]
OPTION, FIELD = ActivityKind.OPTION, ActivityKind.FIELD


def make_entry(about: str, *, by: User | None = None, at: datetime | None = None) -> Activity:
    entry = record_activity(by=by, kind=OPTION, about=about, old="No", new="Yes")
    if at is not None:
        Activity.objects.filter(pk=entry.pk).update(done_at=at)
    return entry


def rows(page: Node) -> list[Node]:
    return page.all("tr", data_activity="")


def cell(row: Node, label: str) -> str:
    return row.one("td", data_label=label).text


def listed(browser: Browser, query: str = "") -> list[str]:
    return [cell(row, "What") for row in rows(read(browser.get(f"/activity/{query}")))]


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def test_an_entry_says_who_did_what_when(adas: Browser, ada: User) -> None:
    record_activity(
        by=ada, kind=OPTION, about="Mark changes for", old="90 days", new="Always", note="Why not."
    )
    (row,) = rows(read(adas.get("/activity/")))
    said = {label: cell(row, label) for label in ("Before", "After", "Who", "Kind")}
    assert said == {
        "Before": "90 days", "After": "Always", "Who": "Ada Admin", "Kind": "Site option",
    }  # fmt: skip
    what = row.one("td", data_label="What")
    assert (what.text.removesuffix("Why not."), what.one("p").text) == (
        "Mark changes for", "Why not.",
    )  # fmt: skip
    assert row.one("th", scope="row").text.startswith("today ")


def test_the_newest_is_on_top(adas: Browser) -> None:
    now = timezone.now()
    for about, days in (("first", 3), ("third", 1), ("second", 2)):
        make_entry(about, at=now - timedelta(days=days))
    assert listed(adas) == ["third", "second", "first"]


def test_the_name_stays_when_the_person_goes(adas: Browser, mona: User) -> None:
    make_entry("Time zone", by=mona)
    make_entry("Phone region")
    mona.delete()
    found = [cell(row, "Who") for row in rows(read(adas.get("/activity/")))]
    assert found == ["Pawfile", "Mona Manager"]


def test_an_empty_log_says_what_will_be_here(adas: Browser) -> None:
    page = read(adas.get("/activity/"))
    assert page.one("div", cls="empty").one("h2").text == "Nothing was changed yet"
    page = read(adas.get("/activity/?q=zone"))
    assert page.one("div", cls="empty").one("h2").text == "No entry fits"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ZONE", ["Time zone"]), ("?q=cafe", ["Café"]), ("?q=CAFÉ", ["Café"]), ("?q=%25", []),
        ("?q=%00zone", ["Time zone"]), ("?kind=option", ["Time zone", "Café"]),
        ("?kind=field", ["Alarm"]), ("?kind=none", ["Alarm", "Time zone", "Café"]),
        ("?kind=field&q=zone", []), ("?by=99999", []), ("?by=x", ["Alarm", "Time zone", "Café"]),
    ],
)  # fmt: skip
def test_it_is_narrowed_by_word_and_kind(adas: Browser, query: str, found: list[str]) -> None:
    make_entry("Café")
    make_entry("Time zone")
    record_activity(by=None, kind=FIELD, about="Alarm")
    assert listed(adas, query) == found


def test_it_is_narrowed_by_person(adas: Browser, ada: User, mona: User, cleo: User) -> None:
    for about, by in (("hers", ada), ("mine", mona), ("theirs", cleo), ("nobody's", None)):
        make_entry(about, by=by)
    page = read(adas.get("/activity/"))
    offered = [option.text for option in page.one("select", name="by").all("option")]
    assert offered == ["Everybody", "Ada Admin", "Mona Manager"]
    assert listed(adas, f"?by={mona.pk}") == ["mine"]
    page = read(adas.get(f"/activity/?by={cleo.pk}"))
    chosen = [o.text for o in page.one("select", name="by").all("option", selected="")]
    assert (chosen, [cell(row, "What") for row in rows(page)]) == (["Cleo Carter"], ["theirs"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?from=2026-03-03", ["late", "noon"]), ("?to=2026-03-03", ["noon", "early"]),
        ("?from=2026-03-03&to=2026-03-03", ["noon"]), ("?from=2026-03-05", []),
        ("?from=2026-03-04&to=2026-03-02", []),
        ("?from=soon&to=31.12.2026", ["late", "noon", "early"]),
        ("?from=0001-01-01&to=9999-12-31", ["late", "noon", "early"]),
        ("?from=2026-02-30", ["late", "noon", "early"]),
    ],
)  # fmt: skip
def test_a_day_is_the_companys_day(adas: Browser, query: str, found: list[str]) -> None:
    SiteOptions.objects.create(pk=1, time_zone="Pacific/Auckland")  # 13 hours ahead in March
    make_entry("early", at=datetime(2026, 3, 2, 10, 59, tzinfo=UTC))
    make_entry("noon", at=datetime(2026, 3, 2, 11, tzinfo=UTC))
    make_entry("late", at=datetime(2026, 3, 3, 11, tzinfo=UTC))
    assert listed(adas, query) == found


def test_a_long_value_is_shown_by_its_beginning_and_whole_in_a_fold(adas: Browser) -> None:
    whole = "x" * 300 + " the end <b>"
    record_activity(by=None, kind=FIELD, about="Help", old="short", new=whole)
    (row,) = rows(read(adas.get("/activity/")))
    fold = row.one("td", data_label="After").one("details")
    assert fold.one("span", cls="long-text-start").text == "x" * 89 + "…"
    assert whole in fold.text
    assert row.one("td", data_label="Before").all("details") == []


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "שלום \u202e", "{{ 7|add:1 }}", "👩‍👧"]
)
def test_text_is_shown_as_text(adas: Browser, text: str) -> None:
    record_activity(by=None, kind=FIELD, about=text, old=text, new=text, note=text)
    answer = adas.get("/activity/")
    (row,) = rows(read(answer))
    assert [row.one("td", data_label=label).text for label in ("Before", "After")] == [text] * 2
    assert "<script>alert" not in content(answer)


def test_pages_go_on_by_key_and_keep_the_filter(adas: Browser) -> None:
    for number in range(120):
        make_entry(f"zone {number}")
    record_activity(by=None, kind=FIELD, about="zone of a field")
    seen, url = [], "/activity/?kind=option&q=zone"
    while url:
        page = read(adas.get(url))
        seen += [cell(row, "What") for row in rows(page)]
        following = page.all("a", rel="next")
        url = f"/activity/{following[0].attrs['href']}" if following else ""
    assert seen == [f"zone {number}" for number in reversed(range(120))]


@pytest.mark.parametrize("cursor", ["x", "last", "WzAsMSwyXQ", "%00", "9" * 5000])
def test_a_broken_cursor_is_a_page(adas: Browser, cursor: str) -> None:
    make_entry("Time zone")
    assert listed(adas, f"?at={cursor}") == ["Time zone"]


def test_a_search_reads_the_newest_entries_only(
    adas: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "SEARCHED", 2)
    for about in ("zone 1", "zone 2", "region", "zone 3"):
        make_entry(about)
    assert listed(adas, "?q=zone") == ["zone 3"]


@pytest.mark.parametrize(
    "query", ["", "?q=zone&kind=option", "?by=1&from=2026-01-01&to=2199-12-31", "?at=last"]
)
def test_the_log_costs_the_same_for_1_and_3_entries_and_counts_nothing(
    adas: Browser, query: str
) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            make_entry("Time zone", by=make_user(Role.ADMINISTRATOR, f"Ann {number}"))
        adas.get(f"/activity/{query}")
        with CaptureQueriesContext(connection) as asked:
            assert adas.get(f"/activity/{query}").status_code == 200
        counts.append(len(asked))
        of_the_log = [entry["sql"] for entry in asked if Activity._meta.db_table in entry["sql"]]
        statements = " ".join(of_the_log).upper()
        assert ("COUNT(" in statements, "OFFSET" in statements) == (False, False)
    assert counts == [counts[0]] * 2
    assert counts[0] <= 6


@pytest.mark.parametrize("who", ["mona", "sam", "cleo"])
def test_only_administrators_read_it(
    signed_in: SignIn, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    make_entry("Time zone")
    assert signed_in(user).get("/activity/").status_code == 403
    assert list(Activity.objects.visible_to(user)) == []


def test_htmx_gets_the_entries_alone(adas: Browser) -> None:
    make_entry("Time zone")
    answer = adas.get("/activity/", headers={"HX-Request": "true"})
    assert "<html" not in content(answer)
    assert [cell(row, "What") for row in rows(read(answer))] == ["Time zone"]
