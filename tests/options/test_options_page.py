"""Site Options: the page shows every option, saves what differs and writes it down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.options.catalogue import CATALOGUE
from pawfile.options.models import SiteOptions
from tests.factories import make_user
from tests.options.groups import ACCESS, CLIENTS, LOGINS, SCHEDULING
from tests.profiles.pages import Node, fill_in, labels, problems, read, send, sent_by

SignIn = Callable[[User], Browser]
URL = "/options/"
DAYS = "Say a whole number of days, from 1 to 365."
HOURS = "Say a whole number of hours, from 0 to 336 (two weeks)."
NO_ZONE = "is no time zone on the list; choose one, like America/New_York."
#: As browsers send lines.
AGREED = "Be kind.\r\n\r\nPay.\r\n"
#: Columns that are no options of this page, and why.
ELSEWHERE = {
    "id": "the one row",
    "is_demo": "made so, never switched",
    "animals": "edited with the fields of pets",
    "fields_version": "another one after each change of fields",
}


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def stored() -> dict[str, Any]:
    return dict(SiteOptions.objects.values().get(pk=SiteOptions.load().pk))


def recorded() -> list[tuple[str, str, str, str]]:
    entries = Activity.objects.order_by("pk")
    return [(e.kind, e.about, e.old_text, e.new_text) for e in entries]


def shown(page: Node) -> dict[str, list[str]]:
    """Group → keys of its options, without what is hidden."""
    return {
        part.one("h2").text: [
            row.attrs["data-option"]
            for row in part.all(data_option="")
            if "hidden" not in row.attrs
        ]
        for part in page.all("section", cls="option-group")
        if "hidden" not in part.attrs
    }


def test_every_column_is_an_option_or_is_known_to_be_elsewhere() -> None:
    columns = {field.name for field in SiteOptions._meta.local_fields}
    assert columns == {option.key for option in CATALOGUE} | set(ELSEWHERE)


def test_the_options_are_shown_in_their_groups(adas: Browser) -> None:
    page = read(adas.get(URL))
    assert shown(page) == {
        "Company": ["company_name", "has_manager_export", "phone_region"],
        "Clients": CLIENTS,
        "Logins & registration": LOGINS,
        "Time & Scheduling": SCHEDULING,
        "Home access": ACCESS,
    }
    assert set(labels(page)) == {option.key for option in CATALOGUE}
    helps = [option.text for option in page.all("p", cls="field-help")]
    assert helps == [str(option.help) for option in CATALOGUE]


def test_the_form_starts_with_what_is_stored(adas: Browser) -> None:
    SiteOptions.objects.create(
        pk=1, company_name="Paws", time_zone="Europe/Berlin", phone_region="DE",
        change_window=0, has_sitter_editing=True, agreement_text="Be kind.\nPay.",
        blocked_dates="2026-12-25\n2027-01-01",
    )  # fmt: skip
    expected = {
        "company_name": "Paws", "has_manager_export": "no", "phone_region": "DE",
        "change_window": "0", "change_mails": "never", "file_megabytes": "25",
        "has_sitter_editing": "yes", "has_staff_names_for_clients": "no",
        "has_visible_sitters": "no",
        "has_registration": "yes", "registration_zips": "", "agreement_text": "Be kind.\r\nPay.",
        "invite_days": "14", "is_second_factor_required": "no", "time_zone": "Europe/Berlin",
        "currency": "USD", "processing_hour": "18", "has_confirmation_mails": "yes",
        "has_list_mails": "yes", "has_assign_mails": "yes", "has_moved_mails": "yes",
        "lookahead_days": "60",
        "blocked_dates": "2026-12-25\r\n2027-01-01", "last_minute_hours": "0",
        "has_same_day_cancel": "yes", "has_reviews_before_requests": "no",
        "has_acceptance": "yes", "has_key_notices": "yes",
        "unread_deadline_hours": "12",
        "has_self_pickup": "no", "key_contact": "",
        "reveal_retention_days": "0", "reveal_hours_before": "24", "reveal_hours_after": "3",
        "is_reveal_step_up": "no", "entry_confirm_months": "6", "entry_check_days": "90",
    }  # fmt: skip
    sent = sent_by(read(adas.get(URL)))
    sent.pop("csrfmiddlewaretoken")
    opened = {f"opened_{key}": [value] for key, value in expected.items()}
    opened["opened_agreement_text"] = ["Be kind.\nPay."]
    opened["opened_blocked_dates"] = ["2026-12-25\n2027-01-01"]
    assert sent == {key: [value] for key, value in expected.items()} | opened


def test_what_differs_is_saved_and_written_down(adas: Browser) -> None:
    answer = fill_in(
        adas, URL,
        company_name="Paws <&> Tails", has_manager_export="yes", phone_region="GB",
        change_window="0", change_mails="daily", file_megabytes="50", has_registration="no",
        registration_zips="43085;\r\n43210-1234 43085",
        agreement_text=AGREED, invite_days="30",
        has_sitter_editing="yes", has_staff_names_for_clients="yes",
        is_second_factor_required="yes", time_zone="Europe/London",
        currency="GBP", processing_hour="7", lookahead_days="90",
        has_confirmation_mails="no", has_list_mails="no", has_assign_mails="no",
        has_moved_mails="no",
        blocked_dates="2027-01-01\r\n2026-12-24 to 2026-12-26", last_minute_hours="24",
        has_same_day_cancel="no", has_acceptance="no", has_key_notices="no",
        unread_deadline_hours="24", has_reviews_before_requests="yes",
        has_self_pickup="yes", key_contact="Call 614-555-0100", reveal_retention_days="730",
        reveal_hours_before="48", reveal_hours_after="1", is_reveal_step_up="yes",
        entry_confirm_months="12", entry_check_days="0",
    )  # fmt: skip
    assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    options = SiteOptions.load()
    assert [getattr(options, option.key) for option in CATALOGUE] == [
        "Paws <&> Tails", True, "GB", 0, "daily", True, True, False, 50, False,
        "43085, 43210", "Be kind.\n\nPay.", 30,
        True, "Europe/London", "GBP", 7, False, False, False, False, 90,
        "2026-12-24 – 2026-12-26\n2027-01-01", 24, False, True, False, False, 24,
        True, "Call 614-555-0100", 730, 48, 1, True, 12, 0,
    ]  # fmt: skip
    changes = [(about, old, new) for _kind, about, old, new in recorded()]
    assert [change for change in changes if change[0] != "Phone region"] == [
        ("Company name", "Pawfile", "Paws <&> Tails"),
        ("Managers can export lists", "No", "Yes"),
        ("Mark changes for", "90 days", "Always"),
        (
            "The office gets a mail about what clients changed",
            "Never",
            "Once a day, at the processing hour",
        ),
        ("Sitters can update clients and pets", "No", "Yes"),
        ("Clients see which staff member changed something", "No", "Yes"),
        ("Largest file in megabytes", "25", "50"),
        ("Registration without an invite", "Yes", "No"),
        ("Zip codes of registration", "", "43085, 43210"),
        ("Agreement", "", "Be kind.\n\nPay."),
        ("Invites work for so many days", "14", "30"),
        ("Staff sign in with a second factor", "No", "Yes"),
        ("Time zone", "America/New_York", "Europe/London"),
        ("Currency", "USD, US Dollar", "GBP, British Pound"),
        ("Processing hour", "18:00", "07:00"),
        ("Clients get a confirmation by mail", "Yes", "No"),
        ("Sitters get tomorrow's list by mail", "Yes", "No"),
        ("Sitters get a mail when a visit is assigned to them", "Yes", "No"),
        (
            "Sitters get a mail when a visit of theirs is canceled, moved or given away",
            "Yes",
            "No",
        ),
        ("Look-ahead in days", "60", "90"),
        ("Blocked dates", "", "2026-12-24 – 2026-12-26\n2027-01-01"),
        ("Shortest notice in hours", "0", "24"),
        ("Clients can ask to cancel on the day of the visit", "Yes", "No"),
        ("Requests wait until clients have looked through what is due", "No", "Yes"),
        ("Sitters accept or decline", "Yes", "No"),
        ("Key notices", "Yes", "No"),
        ("Sitters read safety-critical changes so many hours before a visit", "12", "24"),
        ("Sitters pick up and return keys themselves", "No", "Yes"),
        ("If a key is found", "", "Call 614-555-0100"),
        ("Openings of codes are kept for so many days", "0", "730"),
        ("Codes open to the sitter so many hours before a visit", "24", "48"),
        ("Codes stay open to the sitter so many hours after a visit", "3", "1"),
        ("Staff enter their second factor to open codes", "No", "Yes"),
        ("Ways into a home are confirmed every so many months", "6", "12"),
        (
            "Ask clients whether locks and codes are unchanged after so many days without a visit",
            "90",
            "0",
        ),
    ]
    (region,) = [change for change in changes if change[0] == "Phone region"]
    assert [text.rpartition(" ")[2] for text in region[1:]] == ["(+1)", "(+44)"]


def test_one_change_is_one_line_and_leaves_the_rest_alone(adas: Browser) -> None:
    page = read(adas.get(URL))
    SiteOptions.objects.update(animals=["Axolotl"], is_demo=True)  # meanwhile, elsewhere
    before = stored()
    assert send(adas, URL, page, change_window="30").status_code == 302
    assert stored() == before | {"change_window": 30}
    assert recorded() == [("option", "Mark changes for", "90 days", "30 days")]
    told = [node.text for node in read(adas.get(URL)).all("div", cls="toast")]
    assert ["Saved: Mark changes for." in text for text in told] == [True]


def test_an_untouched_save_writes_nothing(adas: Browser) -> None:
    assert fill_in(adas, URL).status_code == 302
    assert recorded() == []
    told = [node.text for node in read(adas.get(URL)).all("div", cls="toast")]
    assert ["Nothing was changed." in text for text in told] == [True]


def test_each_option_says_who_changed_it_last(adas: Browser, signed_in: SignIn) -> None:
    fill_in(adas, URL, change_window="30")
    abe = make_user(Role.ADMINISTRATOR, "Abe Admin")
    fill_in(signed_in(abe), URL, change_window="365", time_zone="Europe/Rome")
    fill_in(adas, URL, time_zone="Europe/Oslo")
    page = read(adas.get(URL))
    said = {
        row.attrs["data-option"]: [p.text.split(", ")[0] for p in row.all("p", cls="option-change")]
        for row in page.all(data_option="")
    }
    assert {key: texts for key, texts in said.items() if texts} == {
        "change_window": ["Last changed by Abe Admin"],
        "time_zone": ["Last changed by Ada Admin"],
    }


def test_the_page_costs_the_same_however_much_was_changed(adas: Browser) -> None:
    counts = []
    for days in ("30", "365", "0"):
        adas.get(URL)
        with CaptureQueriesContext(connection) as asked:
            adas.get(URL)
        counts.append(len(asked))
        fill_in(adas, URL, change_window=days, company_name=f"Paws {days}")
    assert counts == [4, 4, 4]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("zone", ["time_zone"]),
        ("SITTERS", [
            "has_sitter_editing", "has_visible_sitters", "processing_hour", "has_list_mails",
            "has_assign_mails", "has_moved_mails", "has_acceptance", "unread_deadline_hours",
            "has_self_pickup",
        ]),
        ("red x1", ["change_window"]), ("x1 red", ["change_window"]),
        ("scheduling", SCHEDULING), ("Zöne", ["time_zone"]), ("no such thing", []),
        ("\0zone", ["time_zone"]), ("<b>", []),
    ],
)  # fmt: skip
def test_a_search_narrows_without_script_too(adas: Browser, query: str, keys: list[str]) -> None:
    page = read(adas.get(URL, {"q": query}))
    assert [key for group in shown(page).values() for key in group] == keys
    assert ("hidden" in page.one("div", cls="option-none").attrs) == bool(keys)
    assert page.one("input", id="option-search").attrs["value"] == query.replace("\0", "")


def test_what_a_search_hides_is_sent_and_stays(adas: Browser) -> None:
    page = read(adas.get(URL, {"q": "zone"}))
    assert send(adas, URL, page, time_zone="Europe/Rome").status_code == 302
    assert recorded() == [("option", "Time zone", "America/New_York", "Europe/Rome")]


def test_time_and_scheduling_is_the_page_narrowed(adas: Browser) -> None:
    url = "/options/scheduling/"
    page = read(adas.get(url))
    assert shown(page) == {"Time & Scheduling": SCHEDULING}
    answer = send(adas, url, page, time_zone="Europe/Rome", company_name="Forged")
    assert answer.headers["Location"] == url
    assert (stored()["time_zone"], stored()["company_name"]) == ("Europe/Rome", "Pawfile")


def test_a_new_time_zone_is_the_clock_at_once(adas: Browser) -> None:
    fill_in(adas, URL, time_zone="Pacific/Kiritimati")
    times = [node.attrs["datetime"] for node in read(adas.get(URL)).all("time")]
    assert [time[-6:] for time in times] == ["+14:00"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"company_name": ""}, ["Company name: Say the company's name."]),
        ({"company_name": "  \t "}, ["Company name: Say the company's name."]),
        ({"company_name": "\u200b\u2060"}, ["Company name: Say the company's name."]),
        ({"company_name": "x" * 201},
         ["Company name: A name has at most 200 characters; this one has 201."]),
        ({"company_name": "a\r\nBcc: b"},
         ["Company name: Leave out line breaks and control characters."]),
        ({"company_name": "a\x1b[31m"},
         ["Company name: Leave out line breaks and control characters."]),
        ({"company_name": "a\0b"}, ["Company name: Null characters are not allowed."]),
        ({"company_name": "a\u2028b"},
         ["Company name: Leave out line breaks and control characters."]),
        ({"time_zone": "America/Nowhere"},
         [f"Time zone: “America/Nowhere” {NO_ZONE}"]),
        ({"time_zone": "../../etc/passwd"},
         [f"Time zone: “../../etc/passwd” {NO_ZONE}"]),
        ({"time_zone": ""}, ["Time zone: Choose one."]),
        ({"phone_region": "XX"},
         ["Phone region: “XX” is no country on the list; choose one."]),
        ({"phone_region": "us"},
         ["Phone region: “us” is no country on the list; choose one."]),
        ({"change_window": "31"}, ["Mark changes for: Choose one of these."]),
        ({"change_window": "-1"}, ["Mark changes for: Choose one of these."]),
        ({"has_sitter_editing": "maybe"},
         ["Sitters can update clients and pets: Choose one of these."]),
        ({"has_sitter_editing": ""}, ["Sitters can update clients and pets: Choose one."]),
        ({"registration_zips": "43085, all of Ohio"},
         ["Zip codes of registration: “ALL” is no zip code; write them like 43085, 43210."]),
        ({"registration_zips": "43085\x1b"},
         ["Zip codes of registration: “43085\x1b” is no zip code; write them like 43085, 43210."]),
        ({"agreement_text": "x" * 20_001},
         ["Agreement: An agreement has at most 20000 characters; this one has 20001."]),
        ({"agreement_text": "a\0b"}, ["Agreement: Null characters are not allowed."]),
        ({"currency": "XXX"},
         ["Currency: “XXX” is no currency on the list; choose one, like USD."]),
        ({"processing_hour": "24"}, ["Processing hour: “24” is no hour on the list; choose one."]),
        ({"lookahead_days": "0"}, [f"Look-ahead in days: {DAYS}"]),
        ({"lookahead_days": "366"}, [f"Look-ahead in days: {DAYS}"]),
        ({"last_minute_hours": "-1"}, [f"Shortest notice in hours: {HOURS}"]),
        ({"last_minute_hours": "337"}, [f"Shortest notice in hours: {HOURS}"]),
        ({"last_minute_hours": "1.5"}, [f"Shortest notice in hours: {HOURS}"]),
        ({"blocked_dates": "2026-12-25\r\n2026-02-30"},
         ["Blocked dates: “2026-02-30” is not in the calendar."]),
        ({"blocked_dates": "2026-12-26 – 2026-12-24"},
         ["Blocked dates: “2026-12-26 – 2026-12-24” ends before it starts."]),
        ({"has_acceptance": "maybe"}, ["Sitters accept or decline: Choose one of these."]),
        ({"company_name": "", "phone_region": "XX"},
         ["Company name: Say the company's name.",
          "Phone region: “XX” is no country on the list; choose one."]),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_name_and_stays(
    adas: Browser, typed: dict[str, str], told: list[str]
) -> None:
    before = stored()
    sent = {"has_staff_names_for_clients": "yes", **typed}
    answer = fill_in(adas, URL, **sent)
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, told)
    assert (stored(), recorded()) == (before, [])
    kept = sent_by(page)
    # A radio button has no strange value; a text of many lines is kept as it is.
    one_line = {
        "company_name", "time_zone", "phone_region", "currency", "processing_hour",
        "lookahead_days", "last_minute_hours",
    }  # fmt: skip
    for key in one_line & set(typed):
        assert kept[key] == [typed[key].replace("\r", "").replace("\n", "")]
    assert kept["has_staff_names_for_clients"] == ["yes"]


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "שלום עולם \u202e مرحبا", "🐾", "{{ 7 }} & Søn", "x" * 200],
)
def test_an_odd_name_is_kept_and_shown_as_text(adas: Browser, name: str) -> None:
    assert fill_in(adas, URL, company_name=name).status_code == 302
    page = read(adas.get(URL))
    assert page.one("input", name="company_name").attrs["value"] == name
    assert page.one("a", cls="brand").text == " ".join(name.split())
    assert page.all("script", src="") == page.all("script")
    assert recorded() == [("option", "Company name", "Pawfile", name)]


def test_an_agreement_of_the_full_length_is_saved_again_untouched(adas: Browser) -> None:
    long = "paws\r\n" * 3_300
    assert fill_in(adas, URL, agreement_text=long).status_code == 302
    assert len(stored()["agreement_text"]) == 16_499
    assert fill_in(adas, URL, agreement_text=f"{long}tails").status_code == 302
    assert fill_in(adas, URL).status_code == 302
    assert [about for _kind, about, _old, _new in recorded()] == ["Agreement", "Agreement"]


def test_forged_keys_are_ignored(adas: Browser) -> None:
    forged = {"is_demo": "yes", "id": "2", "animals": "[]", "opened_is_demo": "no", "pk": "2"}
    before = stored()
    assert fill_in(adas, URL, change_window="30", **forged).status_code == 302
    assert stored() == before | {"change_window": 30}


@pytest.mark.parametrize("url", [URL, "/options/scheduling/"])
@pytest.mark.parametrize("who", ["mona", "sam", "cleo"])
def test_nobody_else_changes_options(
    signed_in: SignIn, url: str, who: str, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    before = stored()
    assert browser.get(url).status_code == 403
    sent = {"time_zone": "Europe/Rome", "opened_time_zone": "America/New_York"}
    assert browser.post(url, sent).status_code == 403
    assert (stored(), recorded()) == (before, [])


def test_other_methods_are_refused(adas: Browser) -> None:
    asked = [adas.generic(method, URL).status_code for method in ("PUT", "PATCH", "DELETE")]
    assert asked == [405, 405, 405]
