"""Changing a visit: priced anew, told of the other's changes, settled ones stay."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.visits import change_visit, copy_visit
from pawfile.schedule.models import Visit
from pawfile.schedule.offers import save_block
from pawfile.schedule.prices import set_custom_price
from tests.factories import make_block, make_pet, make_service, make_visit
from tests.profiles.pages import content, read

SignedIn = Callable[[User], Browser]


@pytest.fixture
def monas(signed_in: SignedIn, mona: User) -> Browser:
    return signed_in(mona)


def answers(visit: Visit, **changed: object) -> dict[str, object]:
    return {
        "service": visit.service_id,
        "visit_on": "2037-06-01",
        "exact_time": "12:00",
        "version": visit.version,
        "pets": [pet.pk for pet in visit.pets.all()],
        "note": visit.note,
    } | changed


def june(client: Client, **fields: object) -> Visit:
    return make_visit(client, visit_on=date(2037, 6, 1), exact_time=time(12), **fields)


def test_a_change_is_kept_in_words_with_who_made_it(
    monas: Browser, mona: User, cleos_home: Client, rex: Pet
) -> None:
    visit = june(cleos_home)
    given = answers(visit, visit_on="2037-06-02", exact_time="08:30", pets=[rex.pk], note="Hello")
    assert monas.post(f"/visits/{visit.pk}/edit/", given).status_code == 302
    visit.refresh_from_db()
    assert (visit.visit_on, visit.exact_time, visit.version) == (date(2037, 6, 2), time(8, 30), 2)
    assert f"{visit.starts_at:%Y-%m-%d %H:%M}" == "2037-06-02 12:30"  # New York in UTC
    (event,) = visit.events.all()
    assert (event.done_by, event.text.splitlines()) == (
        mona,
        [
            "Day: Mon 1 Jun 2037 → Tue 2 Jun 2037",
            "Exact time: 12:00 → 08:30",
            "Pets: nothing → Rex",
            "Note: nothing → Hello",
        ],
    )


def test_saving_without_a_change_leaves_no_trace(monas: Browser, cleos_home: Client) -> None:
    visit = june(cleos_home)
    monas.post(f"/visits/{visit.pk}/edit/", answers(visit))
    visit.refresh_from_db()
    assert (visit.version, visit.events.count()) == (1, 0)


def test_a_note_leaves_the_time_as_it_was_when_the_block_has_moved_since(
    monas: Browser, mona: User, cleos_home: Client
) -> None:
    block = make_block("Morning", 7, 10)
    visit = make_visit(cleos_home, visit_on=date(2037, 6, 1), block=block)
    values = {"name": "Morning", "start": time(8), "end": time(11), "is_overnight": False}
    save_block(block=block, values=values, by=mona)
    before = visit.starts_at, visit.ends_at
    given = answers(visit, exact_time="", block=block.pk, note="Bring treats")
    assert monas.post(f"/visits/{visit.pk}/edit/", given).status_code == 302
    visit.refresh_from_db()
    assert (visit.note, visit.starts_at, visit.ends_at) == ("Bring treats", *before)
    visit = change_visit(
        visit=visit, values={"visit_on": date(2037, 6, 2)}, opened_version=None, by=mona
    )
    assert f"{visit.starts_at:%d %H:%M}" == "02 12:00"  # 8:00 in New York


def test_another_day_or_service_has_another_price(cleos_home: Client) -> None:
    walk, sit = make_service(price=Decimal(20)), make_service(price=Decimal(40))
    visit = june(cleos_home, service=walk)
    set_custom_price(
        client=cleos_home, service=walk, price=Decimal(18), effective_on=date(2037, 6, 5), by=None
    )
    prices = []
    changes: list[dict[str, object]] = [
        {"note": "x"}, {"visit_on": date(2037, 6, 9)}, {"service": sit}
    ]  # fmt: skip
    for values in changes:
        visit = change_visit(visit=visit, values=values, opened_version=None, by=None)
        prices.append(visit.price)
    assert prices == [Decimal(20), Decimal(18), Decimal(40)]


def test_who_saves_second_is_told_what_the_other_did_and_decides(
    monas: Browser, signed_in: SignedIn, ada: User, cleos_home: Client
) -> None:
    visit = june(cleos_home)
    opened = answers(visit)
    signed_in(ada).post(f"/visits/{visit.pk}/edit/", answers(visit, exact_time="15:00"))
    answer = monas.post(f"/visits/{visit.pk}/edit/", opened | {"note": "From Mona"})
    page = read(answer)
    assert answer.status_code == 409
    assert "Ada Admin: Exact time: 12:00 → 15:00" in page.one(role="alert").text
    assert "From Mona" in page.one("textarea", name="note").text
    visit.refresh_from_db()
    assert (visit.exact_time, visit.note) == (time(15), "")
    version = page.one("input", name="version").attrs["value"]
    again = opened | {"note": "From Mona", "version": version}
    assert monas.post(f"/visits/{visit.pk}/edit/", again).status_code == 302
    visit.refresh_from_db()
    assert (visit.exact_time, visit.note) == (time(12), "From Mona")


def test_a_visit_deleted_meanwhile_is_not_there(monas: Browser, cleos_home: Client) -> None:
    visit = june(cleos_home)
    given, url = answers(visit), f"/visits/{visit.pk}/edit/"
    visit.delete()
    assert monas.post(url, given).status_code == 404


@pytest.mark.parametrize("status", ["completed", "canceled"])
def test_what_is_settled_is_not_changed(monas: Browser, cleos_home: Client, status: str) -> None:
    visit = june(cleos_home, status=status)
    answer = monas.post(f"/visits/{visit.pk}/edit/", answers(visit, note="Late"))
    visit.refresh_from_db()
    assert (answer.status_code, visit.note) == (422, "")
    assert "Restore it before changing it." in content(answer)


def test_pets_and_services_that_are_part_of_it_stay_though_they_are_gone_by_now(
    monas: Browser, cleos_home: Client
) -> None:
    old = make_pet(cleos_home, name="Old", active=False)
    visit = june(cleos_home, service=make_service(is_active=False), pets=[old])
    answer = monas.post(f"/visits/{visit.pk}/edit/", answers(visit, note="Still"))
    visit.refresh_from_db()
    assert (answer.status_code, visit.note, list(visit.pets.all())) == (302, "Still", [old])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"service": ""}, "service"),
        ({"service": "999999"}, "service"),
        ({"visit_on": "2100-01-01"}, "visit_on"),
        ({"exact_time": ""}, "block"),
        ({"pets": ["999999"]}, "pets"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    monas: Browser, cleos_home: Client, rex: Pet, changed: dict[str, object], field: str
) -> None:
    visit = june(cleos_home)
    answer = monas.post(f"/visits/{visit.pk}/edit/", answers(visit, **changed))
    assert answer.status_code == 422
    assert read(answer).one(data_field=field).all(cls="field-error")


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999"])
def test_a_forged_version_is_no_way_around(
    monas: Browser, cleos_home: Client, version: str
) -> None:
    visit = june(cleos_home)
    answer = monas.post(f"/visits/{visit.pk}/edit/", answers(visit, version=version))
    assert answer.status_code in {302, 409, 422}


def test_a_copy_is_a_visit_of_its_own(monas: Browser, cleos_home: Client, sam: User) -> None:
    gone = make_pet(cleos_home, name="Old", active=False)
    rex = make_pet(cleos_home, name="Rex")
    visit = june(cleos_home, sitter=sam, status="completed", pets=[rex, gone], note="Hello")
    answer = monas.post(f"/visits/{visit.pk}/copy/", {"visit_on": "2037-06-08"})
    made = Visit.objects.exclude(pk=visit.pk).get()
    assert answer.headers["Location"] == f"/visits/{made.pk}/"
    assert (made.visit_on, made.status, made.sitter, made.note) == (
        date(2037, 6, 8), "assigned", sam, "Hello",
    )  # fmt: skip
    assert list(made.pets.all()) == [rex]


def test_an_offer_is_copied_as_an_offer(cleos_home: Client) -> None:
    visit = june(cleos_home, is_for_anyone=True)
    copied = copy_visit(visit=visit, visit_on=date(2028, 2, 29), by=None)
    assert (copied.is_for_anyone, copied.sitter) == (True, None)


def test_what_was_odd_before_is_not_asked_about_again(monas: Browser, cleos_home: Client) -> None:
    """A visit in the past, at a time outside of its block: only its note changes."""
    block = make_block("Morning", 7, 10)
    visit = make_visit(cleos_home, visit_on=date(2020, 6, 1), exact_time=time(16), block=block)
    given = answers(visit, visit_on="2020-06-01", exact_time="16:00", block=block.pk)
    assert monas.post(f"/visits/{visit.pk}/edit/", given | {"note": "Done"}).status_code == 302
    assert (
        monas.post(f"/visits/{visit.pk}/edit/", given | {"exact_time": "17:00"}).status_code == 422
    )
