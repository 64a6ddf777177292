"""What is deleted takes its history along; that it was deleted, and by whom, stays."""

from collections.abc import Callable

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet

SignIn = Callable[[User], Browser]


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
        ("client", "Cleo Carter", "Mia", "", "Deleted"),
    ]
    assert {entry.by for entry in Activity.objects.all()} == {ada}


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
