"""Locked out: administrators see who is shut out and let them in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import Door, Lockout, User
from pawfile.activity.models import Activity, ActivityKind
from tests.accounts.test_limits import ELSEWHERE, HERE, attempt, statuses
from tests.accounts.test_signing_in import PASSWORD
from tests.profiles.pages import Node, read

SignIn = Callable[[User], Browser]


def make_lockout(number: int = 1, **values: Any) -> Lockout:
    now = timezone.now()
    usual: dict[str, Any] = {
        "counter": f"counter-{number}",
        "door": Door.SIGN_IN,
        "account": f"guess{number}@example.com",
        "address": HERE,
        "shut_at": now,
        "opens_at": now + timedelta(minutes=5 + number),
    }
    return Lockout.objects.create(**usual | values)


def rows(page: Node) -> list[list[str]]:
    return [
        [cell.text for cell in row.all() if cell.tag in ("th", "td")]
        for row in page.all("tr", data_lockout="")
    ]


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


@pytest.mark.usefixtures("limits")
def test_who_is_shut_out_is_listed_with_what_and_let_in(
    adas: Browser, ada: User, sam: User
) -> None:
    statuses(sam.email, 4)
    (row,) = rows(read(adas.get("/locked-out/")))
    assert row[:3] == [f"Sam Sitter{sam.email}", HERE, "Sign-in"]
    assert (row[3][:5], row[4][:5]) == ("today", "today")
    lockout = Lockout.objects.get()
    assert adas.post(f"/locked-out/{lockout.pk}/let-in/", follow=True).status_code == 200
    assert attempt(sam.email, PASSWORD).status_code == 302
    assert not Lockout.objects.exists()
    entry = Activity.objects.get()
    assert (entry.by, entry.kind, entry.about, entry.new_text, entry.note) == (
        ada, ActivityKind.USER, f"Locked out: {sam.email} · {HERE}", "Let in", "Sign-in",
    )  # fmt: skip


@pytest.mark.usefixtures("limits")
def test_an_address_and_an_account_are_let_in_each_for_itself(adas: Browser, sam: User) -> None:
    for number in range(6):
        attempt(sam.email, ip=f"192.0.2.{number}")
    for number in range(9):
        attempt(f"guess{number}@example.com", ip=ELSEWHERE)
    listed = {(row[0], row[1]) for row in rows(read(adas.get("/locked-out/")))}
    assert listed == {(f"Sam Sitter{sam.email}", "Everywhere"), ("Everybody there", ELSEWHERE)}
    account = Lockout.objects.get(address="")
    adas.post(f"/locked-out/{account.pk}/let-in/")
    assert attempt(sam.email, PASSWORD, ip=HERE).status_code == 302
    assert attempt(sam.email, PASSWORD, ip=ELSEWHERE).status_code == 429


def test_an_address_of_nobody_is_named_as_such(adas: Browser) -> None:
    make_lockout()
    (row,) = rows(read(adas.get("/locked-out/")))
    assert row[0] == "guess1@example.comNobody's address here"


def test_what_is_over_is_not_listed_and_not_let_in(adas: Browser) -> None:
    over = make_lockout(opens_at=timezone.now() - timedelta(seconds=1))
    page = read(adas.get("/locked-out/"))
    assert rows(page) == []
    assert "Nobody is locked out" in page.text
    assert adas.post(f"/locked-out/{over.pk}/let-in/").status_code == 404
    assert not Activity.objects.exists()


def test_only_administrators_see_the_page_or_let_in(
    signed_in: SignIn, mona: User, sam: User, cleo: User
) -> None:
    lockout = make_lockout()
    for person in (mona, sam, cleo):
        browser = signed_in(person)
        assert browser.get("/locked-out/").status_code == 403
        assert browser.post(f"/locked-out/{lockout.pk}/let-in/").status_code == 403
    assert Lockout.objects.get() == lockout


def test_let_in_is_a_post_and_twice_is_not_found(adas: Browser) -> None:
    lockout = make_lockout()
    url = f"/locked-out/{lockout.pk}/let-in/"
    assert adas.get(url).status_code == 405
    assert [adas.post(url).status_code for _time in range(2)] == [302, 404]
    assert Activity.objects.count() == 1


def test_a_page_costs_the_same_however_many_are_shut_out(adas: Browser, sam: User) -> None:
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            make_lockout(number)
        adas.get("/locked-out/")
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(read(adas.get("/locked-out/")))) == numbers[-1]
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_hundreds_come_in_pages(adas: Browser) -> None:
    for number in range(60):
        make_lockout(number)
    first = read(adas.get("/locked-out/"))
    following = first.one("a", rel="next").attrs["href"]
    assert (len(rows(first)), len(rows(read(adas.get(f"/locked-out/{following}"))))) == (50, 10)


def test_odd_text_in_an_address_stays_text(adas: Browser) -> None:
    make_lockout(account='"<script>alert(1)</script>"@example.com')
    page = adas.get("/locked-out/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
