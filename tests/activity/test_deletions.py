"""What is deleted takes its history along; that it was deleted, and by whom, stays."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from tests.factories import make_key, make_visit
from tests.messaging.talk import begin
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]
LOGIN = "1 login no longer belongs to this home: Cleo Carter."


def told() -> list[tuple[str, str, str, str, str]]:
    rows = Activity.objects.order_by("pk")
    return [(each.kind, each.about, each.old_text, each.new_text, each.note) for each in rows]


def test_deleted_pets_and_clients_stand_in_the_log(
    signed_in: SignIn, ada: User, cleos_home: Client, rex: Pet
) -> None:
    browser = signed_in(ada)
    Pet.objects.create(client=cleos_home, name="Mia", animal="Cat")
    browser.post(f"/pets/{rex.pk}/delete/", {"name": "Rex"})
    browser.post(f"/clients/{cleos_home.pk}/delete/", {"name": "Cleo Carter"})
    assert told() == [
        ("pet", "Rex of Cleo Carter", "", "", "Deleted"),
        ("client", "Cleo Carter", "Mia", "", f"Deleted. With it: {LOGIN}"),
    ]
    assert {entry.by for entry in Activity.objects.all()} == {ada}


def test_visits_to_come_keys_and_messages_are_told_before_and_after_a_client_goes(
    signed_in: SignIn, ada: User, sam: User, cleos_home: Client, carls_home: Client
) -> None:
    browser, address = signed_in(ada), f"/clients/{cleos_home.pk}/delete/"
    for number in range(2):
        make_visit(cleos_home, visit_on=date(2099, 3, 3) + timedelta(number))
    make_visit(cleos_home, visit_on=date(2099, 3, 1), status="canceled")
    make_visit(cleos_home, visit_on=date(2020, 3, 1))
    make_visit(carls_home, visit_on=date(2099, 3, 2))
    make_key(cleos_home, code="K-104", place="sitter", sitter=sam)
    make_key(cleos_home, code="K-105")
    begin(ada, client=cleos_home)
    said = [each.text for each in read(browser.get(address)).one("ul", data_going="").all("li")]
    assert sorted(said) == [
        "1 conversation.",
        LOGIN,
        "2 visits to come, the next one on Tue 3 Mar 2099.",
        "Key K-104, with Sam Sitter.",
        "Key K-105: Office.",
    ]
    browser.post(address, {"name": "Cleo Carter"})
    assert told()[-1] == ("client", "Cleo Carter", "", "", f"Deleted. With it: {' '.join(said)}")


def test_new_and_changed_vets_stand_in_the_log(signed_in: SignIn, mona: User) -> None:
    browser = signed_in(mona)
    browser.post("/vets/new/", {"name": "Dr. Vetter", "phone": "614-555-0100"})
    vet = Vet.objects.get()
    form = {"name": "Dr. Vetter", "phone": "614-555-0199", "clinic": "Paws"}
    assert browser.post(f"/vets/{vet.pk}/edit/", form).status_code == 302
    assert told() == [
        ("vet", "Dr. Vetter", "", "", "Added"),
        ("vet", "Dr. Vetter: Clinic", "", "Paws", ""),
        ("vet", "Dr. Vetter: Phone", "614-555-0100", "614-555-0199", ""),
    ]
