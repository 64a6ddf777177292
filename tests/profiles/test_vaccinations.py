"""Vaccinations of a pet: written down, changed, removed; who may; what is wrong with a day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_pet
from pawfile.profiles.filing import Upload, change_file
from pawfile.profiles.models import Client, Pet, ProfileFile, Sight, Vaccination
from pawfile.profiles.vaccinating import Given, add_vaccination
from tests.factories import make_client, make_pet, make_user, make_visit
from tests.profiles.documents import PDF, make_file, pdf
from tests.profiles.pages import content
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
TODAY = timezone.localdate


def url_of(pet: Pet) -> str:
    return f"/pets/{pet.pk}/vaccinations/new/"


def rows() -> list[tuple[object, ...]]:
    return list(Vaccination.objects.order_by("pk").values_list("name", "given_on", "expires_on"))


def make_vaccination(
    pet: Pet, name: str = "Rabies", days: int = 100, **more: object
) -> Vaccination:
    """One that holds for so many days more; a negative number: it expired."""
    ends = TODAY() + timedelta(days=days)
    return Vaccination.objects.create(pet=pet, name=name, expires_on=ends, **more)


@pytest.mark.parametrize("who", ["ada", "mona", "cleo"])
def test_one_is_written_down_and_the_log_says_by_whom(
    signed_in: SignIn, who: str, rex: Pet, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    form = {"name": "Rabies", "given_on": "2026-03-03", "expires_on": "2029-03-03"}
    answer = signed_in(user).post(url_of(rex), form)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/pets/{rex.pk}/")
    assert rows() == [("Rabies", date(2026, 3, 3), date(2029, 3, 3))]
    told = Activity.objects.get(kind="pet")
    assert (told.by, told.about, told.new_text, told.note) == (
        user, "Rex of Cleo Carter", "Rabies, given 3 Mar 2026, runs out 3 Mar 2029",
        "Vaccination added",
    )  # fmt: skip


def test_the_same_is_not_written_down_twice(rex: Pet, ada: User) -> None:
    for name in ("Rabies", "rabies"):
        add_vaccination(pet=rex, given=Given(name, None, date(2029, 3, 3)), by=ada)
    assert rows() == [("Rabies", None, date(2029, 3, 3))]
    assert Activity.objects.filter(kind="pet").count() == 1


@pytest.mark.parametrize(
    ("days", "field", "said"),
    [
        (("", ""), "given_on", "Say when it was given or when it expires."),
        (("tomorrow", ""), "given_on", "Write a day like 2026-03-08."),
        (("2026-02-30", ""), "given_on", "Write a day like 2026-03-08."),
        (("+1", ""), "given_on", "This day is still to come. Say when it was given."),
        (("2026-03-03", "2026-03-03"), "expires_on",
         "It was given on 3 Mar 2026 and would end before. Choose a later day."),
        (("", "0026-03-03"), "expires_on", "Look at the year: 26 is too far away."),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_at_its_field(
    signed_in: SignIn, rex: Pet, days: tuple[str, str], field: str, said: str
) -> None:
    given, ends = days
    given = str(TODAY() + timedelta(days=1)) if given == "+1" else given
    mona = make_user(Role.MANAGER, "Mona")
    form = {"name": "Rabies & more", "given_on": given, "expires_on": ends}
    answer = signed_in(mona).post(url_of(rex), form)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [said]}
    assert 'value="Rabies &amp; more"' in content(answer)
    assert rows() == []


def test_it_is_changed_and_removed(signed_in: SignIn, cleo: User, rex: Pet) -> None:
    row = make_vaccination(rex)
    browser, url = signed_in(cleo), f"/vaccinations/{row.pk}/"
    browser.post(f"{url}edit/", {"name": "DHPP", "given_on": "2026-01-02"})
    assert rows() == [("DHPP", date(2026, 1, 2), None)]
    assert browser.post(f"{url}remove/").headers["Location"] == f"/pets/{rex.pk}/"
    assert rows() == []
    assert browser.post(f"{url}remove/").status_code == 404
    told = Activity.objects.filter(kind="pet").order_by("pk").values_list("note", "old_text")
    assert [note for note, _old in told] == ["Vaccination changed", "Vaccination removed"]
    assert told[1][1] == "DHPP, given 2 Jan 2026"


def test_saving_without_a_change_tells_nobody(signed_in: SignIn, ada: User, rex: Pet) -> None:
    row = make_vaccination(rex)
    form = {"name": row.name, "expires_on": str(row.expires_on)}
    assert signed_in(ada).post(f"/vaccinations/{row.pk}/edit/", form).status_code == 302
    assert not Activity.objects.filter(kind="pet").exists()


def statuses(browser: Browser, pet: Pet, row: Vaccination) -> list[int]:
    return [
        browser.get(f"/pets/{pet.pk}/vaccinations/").status_code,
        browser.post(url_of(pet), {"name": "X", "given_on": "2026-01-02"}).status_code,
        browser.post(f"/vaccinations/{row.pk}/edit/", {}).status_code,
        browser.post(f"/vaccinations/{row.pk}/remove/").status_code,
    ]


def test_sitters_change_them_only_where_they_edit(
    signed_in: SignIn, sam: User, stan: User, carl: User, rex: Pet
) -> None:
    row = make_vaccination(rex)
    assert statuses(signed_in(sam), rex, row) == [200, 403, 403, 403]
    for stranger in (stan, carl):
        assert statuses(signed_in(stranger), rex, row) == [404] * 4
    SiteOptions.objects.update(has_sitter_editing=True)
    assert statuses(signed_in(sam), rex, row) == [200, 302, 422, 302]
    assert statuses(signed_in(stan), rex, row) == [404] * 4


def test_those_of_an_inactive_pet_are_hidden_with_it(
    signed_in: SignIn, mona: User, sam: User, cleo: User, rex: Pet
) -> None:
    row = make_vaccination(rex)
    update_pet(rex, values={"active": False}, by=None)
    for who in (mona, sam, cleo):
        assert statuses(signed_in(who), rex, row) == [404] * 4
        assert not Vaccination.objects.visible_to(who).exists()
    ada = make_user(Role.ADMINISTRATOR, "Ada")
    assert list(Vaccination.objects.visible_to(ada)) == [row]
    assert signed_in(ada).get(f"/pets/{rex.pk}/vaccinations/").status_code == 200


def test_names_are_suggested_by_animal(signed_in: SignIn, ada: User, cleos_home: Client) -> None:
    cat, fish = (make_pet(cleos_home, name=each, animal=each) for each in ("Cat", "Fish"))
    page = content(signed_in(ada).get(url_of(cat)))
    assert '<option value="FVRCP">' in page
    assert '<option value="DHPP">' not in page
    assert '<datalist id="vaccines"></datalist>' in content(signed_in(ada).get(url_of(fish)))


def test_a_proof_is_uploaded_with_it_and_seen_by_all_who_see_the_pet(
    signed_in: SignIn, cleo: User, sam: User, rex: Pet
) -> None:
    form = {"name": "Rabies", "given_on": "2026-03-03", "new_proof": pdf("card.pdf")}
    assert signed_in(cleo).post(url_of(rex), form).status_code == 302
    file = ProfileFile.objects.get()
    assert (file.title, file.pet, file.sight) == ("Rabies", rex, Sight.EVERYBODY)
    assert Vaccination.objects.get().proof == file
    with default_storage.open(file.path("original")) as stored:
        assert stored.read() == PDF
    page = content(signed_in(sam).get(f"/pets/{rex.pk}/vaccinations/"))
    assert f'href="/files/{file.pk}/"' in page


def test_what_is_no_document_is_refused_by_name_and_nothing_is_saved(
    signed_in: SignIn, cleo: User, rex: Pet
) -> None:
    form = {"name": "Rabies", "given_on": "2026-03-03", "new_proof": pdf("a.pdf", b"<html>")}
    answer = signed_in(cleo).post(url_of(rex), form)
    assert answer.status_code == 422
    assert "a.pdf" in answer.context["form"].errors["new_proof"][0]
    assert rows() == []


def test_a_proof_is_a_file_of_this_pet_or_its_home_that_one_sees(
    signed_in: SignIn, ada: User, cleo: User, rex: Pet, carls_home: Client
) -> None:
    cleos_home = rex.client
    tom = make_pet(cleos_home, name="Tom")
    own = make_file(cleos_home, by=ada, pet=rex, sight="everybody", title="Own")
    home = make_file(cleos_home, by=ada, sight="everybody", title="Home")
    others = [
        make_file(cleos_home, by=ada, sight="office", title="Office"),
        make_file(cleos_home, by=ada, pet=tom, sight="everybody", title="Toms"),
        make_file(carls_home, by=ada, sight="everybody", title="Carls"),
    ]
    browser = signed_in(cleo)
    offered = browser.get(url_of(rex)).context["form"].fields["proof"].queryset
    assert set(offered) == {own, home}
    form = {"name": "Rabies", "given_on": "2026-03-03"}
    for file in others:
        answer = browser.post(url_of(rex), {**form, "proof": file.pk})
        assert answer.context["form"].errors == {"proof": ["Choose one of these files."]}
    assert browser.post(url_of(rex), {**form, "proof": own.pk}).status_code == 302
    assert Vaccination.objects.get().proof == own


def test_a_proof_one_does_not_see_is_neither_shown_nor_lost(
    signed_in: SignIn, ada: User, cleo: User, rex: Pet, cleos_home: Client
) -> None:
    secret = make_file(cleos_home, by=ada, sight="office", title="Office copy")
    row = make_vaccination(rex, proof=secret)
    browser = signed_in(cleo)
    for url in (f"/pets/{rex.pk}/vaccinations/", f"/vaccinations/{row.pk}/edit/"):
        assert "Office copy" not in content(browser.get(url))
    browser.post(f"/vaccinations/{row.pk}/edit/", {"name": "DHPP", "given_on": "2026-01-02"})
    row.refresh_from_db()
    assert (row.name, row.proof) == ("DHPP", secret)
    assert "Office copy" in content(signed_in(ada).get(f"/pets/{rex.pk}/vaccinations/"))


def test_a_newer_file_takes_over_as_the_proof(ada: User, rex: Pet, cleos_home: Client) -> None:
    old = make_file(cleos_home, by=ada, pet=rex)
    row = make_vaccination(rex, proof=old)
    newer = change_file(file=old, title="New", sight="staff", upload=Upload(pdf(), "pdf"), by=ada)
    row.refresh_from_db()
    assert row.proof == newer


def test_a_pet_that_moves_leaves_the_proofs_of_the_home_there(
    signed_in: SignIn, ada: User, rex: Pet, cleos_home: Client
) -> None:
    own, home = make_file(cleos_home, by=ada, pet=rex), make_file(cleos_home, by=ada)
    kept, left = make_vaccination(rex, proof=own), make_vaccination(rex, "DHPP", proof=home)
    update_pet(rex, values={"client": make_client()}, by=ada)
    kept.refresh_from_db()
    left.refresh_from_db()
    assert (kept.proof, left.proof) == (own, None)


def test_the_pages_cost_the_same_with_1_and_9_vaccinations(
    signed_in: SignIn, cleo: User, ada: User, rex: Pet
) -> None:
    cleos_home = rex.client
    make_visit(cleos_home, pets=[rex], visit_on=TODAY() + timedelta(days=9))
    urls = [f"/pets/{rex.pk}/{part}" for part in ("", "vaccinations/", "vaccinations/new/")]
    urls += [f"/clients/{cleos_home.pk}/"]
    counts = []
    for more in (1, 8):
        for number in range(more):
            file = make_file(cleos_home, by=ada, pet=rex)
            make_vaccination(rex, f"Shot {more}{number}", number - 2, proof=file)
        counts.append([queries(signed_in(ada), url) for url in urls])
    assert counts[0] == counts[1]
    counts = []
    for more in (1, 8):
        for number in range(more):
            make_vaccination(make_pet(cleos_home, name=f"Tom {number}"))
        counts.append([queries(signed_in(cleo), "/my-pets/")])
    assert counts[0] == counts[1]
