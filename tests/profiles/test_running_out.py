"""What expired, or does not reach the next visit, is said wherever one reads of the pet."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet, Vaccination
from pawfile.profiles.vaccinations import day_text, vaccines_of
from pawfile.schedule.mine import boxes_of, visits_of_day
from pawfile.schedule.models import Visit
from tests.factories import make_pet, make_visit
from tests.profiles.pages import content
from tests.profiles.test_vaccinations import make_vaccination

SignIn = Callable[[User], Browser]


def said(pet: Pet, reader: User) -> list[tuple[str, str]]:
    found = vaccines_of([pet], reader=reader, today=timezone.localdate())
    return [(each.state, each.text) for each in found.get(pet.pk, [])]


def day(days: int) -> str:
    return day_text(timezone.localdate() + timedelta(days=days))


def visit_in(days: int, home: Client, pet: Pet, **more: object) -> Visit:
    return make_visit(
        home, pets=[pet], visit_on=timezone.localdate() + timedelta(days=days), **more
    )


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ((-1, None), "lapsed"), ((-1, 5), "lapsed"), ((0, None), ""), ((0, 1), "runs-out"),
        ((4, 5), "runs-out"), ((5, 5), ""), ((6, 5), ""), ((4, None), ""),
    ],
)  # fmt: skip
def test_it_holds_through_its_last_day(
    ada: User, cleos_home: Client, rex: Pet, days: tuple[int, int | None], state: str
) -> None:
    ends, visit = days
    make_vaccination(rex, days=ends)
    if visit is not None:
        visit_in(visit, cleos_home, rex)
    assert [each for each, _text in said(rex, ada)] == [state]


def test_the_next_visit_of_the_pet_counts(ada: User, cleos_home: Client, rex: Pet) -> None:
    make_vaccination(rex, days=4)
    tom = make_pet(cleos_home, name="Tom")
    visit_in(5, cleos_home, tom)
    visit_in(6, cleos_home, rex, status="canceled")
    visit_in(-7, cleos_home, rex)
    assert said(rex, ada) == [("", f"Rabies, until {day(4)}")]
    visit_in(9, cleos_home, rex)
    visit_in(8, cleos_home, rex)
    words = f"Rabies, {day(4)}, before the next visit on {day(8)}"
    assert said(rex, ada) == [("runs-out", words)]


def test_a_sitter_reads_nothing_of_visits_of_others(
    sam: User, stan: User, cleos_home: Client, rex: Pet
) -> None:
    make_vaccination(rex, days=4)
    visit_in(8, cleos_home, rex, sitter=stan)
    assert said(rex, sam) == [("", f"Rabies, until {day(4)}")]
    visit_in(9, cleos_home, rex, sitter=sam)
    assert said(rex, sam)[0][1].endswith(day(9))


def test_a_renewed_one_makes_the_old_one_history(signed_in: SignIn, ada: User, rex: Pet) -> None:
    make_vaccination(rex, "rabies", -30)
    assert said(rex, ada) == [("lapsed", f"rabies, {day(-30)}")]
    make_vaccination(rex, "Rabies", 300)
    Vaccination.objects.create(pet=rex, name="DHPP", given_on=timezone.localdate())
    assert said(rex, ada) == [
        ("", f"DHPP, given {day(0)}"),
        ("", f"Rabies, until {day(300)}"),
    ]
    page = signed_in(ada).get(f"/pets/{rex.pk}/vaccinations/").context
    assert [row.vaccine.vaccination.name for row in page["newest"]] == ["DHPP", "Rabies"]
    assert [row.vaccine.vaccination.name for row in page["earlier"]] == ["rabies"]


def test_every_page_about_the_pet_says_so(
    signed_in: SignIn, ada: User, sam: User, cleo: User, rex: Pet
) -> None:
    cleos_home = rex.client
    make_vaccination(rex, "Rabies", -3)
    make_vaccination(rex, "DHPP", 2)
    make_vaccination(rex, "Bordetella", 200)
    visit = visit_in(5, cleos_home, rex, sitter=sam, status="accepted")
    on = f"/my-schedule/?on={visit.visit_on}"
    pages = {
        ada: [f"/pets/{rex.pk}/", f"/clients/{cleos_home.pk}/", f"/visits/{visit.pk}/"],
        sam: [f"/pets/{rex.pk}/", f"/clients/{cleos_home.pk}/", f"/visits/{visit.pk}/", on],
        cleo: [f"/pets/{rex.pk}/", "/my-pets/", f"/visits/{visit.pk}/"],
    }
    for reader, urls in pages.items():
        for url in urls:
            page = content(signed_in(reader).get(url))
            states = [
                state for state in ("lapsed", "runs-out") if f'data-vaccine="{state}"' in page
            ]
            assert (url, states) == (url, ["lapsed", "runs-out"])
            assert f"Rabies, {day(-3)}" in page
            assert f"DHPP, {day(2)}, before" in page
            assert "Bordetella," not in page


def test_nothing_is_said_at_a_visit_that_is_over(
    signed_in: SignIn, ada: User, cleos_home: Client, rex: Pet
) -> None:
    make_vaccination(rex, "Rabies", -3)
    visit = visit_in(0, cleos_home, rex, status="completed")
    assert "data-vaccine=" not in content(signed_in(ada).get(f"/visits/{visit.pk}/"))


def test_a_box_tells_of_the_pets_of_the_visit_alone(
    sam: User, cleos_home: Client, rex: Pet
) -> None:
    tom = make_pet(cleos_home, name="Tom")
    make_vaccination(rex, "Rabies", -3)
    make_vaccination(tom, "FVRCP", -3)
    visit_in(0, cleos_home, tom, sitter=sam, status="accepted")
    assert boxes(sam) == [["Tom: FVRCP"]]


def boxes(sitter: User) -> list[list[str]]:
    today = timezone.localdate()
    drawn = boxes_of(
        visits_of_day(sitter, today, today=today),
        reader=sitter, company=SiteOptions.load(), today=today,
    )  # fmt: skip
    return [[f"{each.pet}: {each.vaccination}" for each in box.vaccines] for box in drawn]


def test_the_boxes_cost_the_same_for_1_and_5_pets(sam: User, cleos_home: Client, rex: Pet) -> None:
    counts = []
    for more in (1, 4):
        for number in range(more):
            pet = make_pet(cleos_home, name=f"Rex {more}{number}")
            make_vaccination(pet, days=-1)
            visit_in(0, cleos_home, pet, sitter=sam, status="accepted")
        boxes(sam)
        with CaptureQueriesContext(connection) as counted:
            assert all(boxes(sam))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_sheet_on_paper_says_which_hold(
    signed_in: SignIn, ada: User, cleos_home: Client, rex: Pet
) -> None:
    make_vaccination(rex, "Rabies", -3)
    make_vaccination(rex, "DHPP", 200)
    page = content(signed_in(ada).get(f"/clients/{cleos_home.pk}/print/"))
    assert f"DHPP, until {day(200)}<br>Expired: Rabies, {day(-3)}" in page
