from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from pawfile.access.codes import to_change
from pawfile.access.models import Ground, Reveal
from pawfile.accounts.models import Role, User
from pawfile.demo.fill import PASSWORD, SIGN_INS
from pawfile.demo.places import UNCOVERED_ZIP
from pawfile.demo.updates import SAVES
from pawfile.history.marks import marks_of
from pawfile.lib.columns import key_ring
from pawfile.options.models import SHIPPED_ANIMALS, SiteOptions
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange, Photo
from pawfile.profiles.words import client_words
from pawfile.resources.models import TerritoryZip, Vet
from tests.demo.histories import check_history

pytestmark = pytest.mark.usefixtures("small_company")


def user(short: str) -> User:
    return User.objects.get_queryset().get(email=f"{short}@demo.test")


def seen_by(short: str) -> set[str]:
    return {client.name for client in Client.objects.visible_to(user(short))}


def test_the_company_says_that_it_is_a_demo() -> None:
    options = SiteOptions.load()
    assert options.is_demo
    assert options.company_name == "Maple & Main Pet Care"
    assert options.time_zone == "America/New_York"


@pytest.mark.parametrize("email", [email for email, _role in SIGN_INS])
def test_everybody_on_the_list_signs_in(email: str) -> None:
    signed_in = authenticate(email=email, password=PASSWORD)
    assert isinstance(signed_in, User)
    assert signed_in.email == email


def test_the_list_has_every_role_and_everybody_with_the_password() -> None:
    everybody = User.objects.get_queryset()
    emails = {email for email, _role in SIGN_INS}
    assert {found.email for found in everybody if found.has_usable_password()} == emails
    assert {found.role for found in everybody.filter(email__in=emails)} == set(Role.values)


def test_the_office_sees_every_client() -> None:
    assert len(seen_by("admin")) == len(seen_by("manager")) == Client.objects.count() == 52


def test_two_people_share_one_household_and_a_third_has_another() -> None:
    assert seen_by("client") == seen_by("client2") == {"Eleanor Whitcomb"}
    assert seen_by("client3") == {"Walter Nowak"}
    shared = Client.objects.get(last_name="Whitcomb")
    people = {user("client").name, user("client2").name}
    assert people == {shared.name, f"{shared.partner_first_name} {shared.partner_last_name}"}


def test_two_sitters_see_a_dozen_clients_each_and_no_client_both() -> None:
    mine, theirs = seen_by("sitter"), seen_by("sitter2")
    assert len(mine) == len(theirs) == 12
    assert not mine & theirs
    assert len(mine | theirs) < Client.objects.count() / 2


def test_one_client_of_the_second_sitter_blocks_the_first() -> None:
    blocking = Client.objects.get(blocked_sitters=user("sitter"))
    assert blocking.primary_sitter == user("sitter2")


def test_every_kind_of_animal_is_there() -> None:
    assert set(Pet.objects.values_list("animal", flat=True)) == set(SHIPPED_ANIMALS)


def test_ages_are_known_in_every_precision() -> None:
    today = timezone.localdate()
    borns = [pet.born for pet in Pet.objects.all()]
    known = {(b.year is not None) + (b.month is not None) + (b.day is not None) for b in borns}
    assert known == {0, 1, 2, 3}
    ages = [pet.age_on(today) for pet in Pet.objects.all()]
    for part in ("about", "months", "weeks", "years"):
        assert any(part in age for age in ages)


def test_some_have_nine_pets_some_none_and_one_only_a_name() -> None:
    counts = Counter(client.pets.count() for client in Client.objects.all())
    assert counts[9] == 1
    assert counts[0] >= 2
    jo = Client.objects.get(first_name="Jo", last_name="Park")
    answered = {key for key in CLIENT.fields if jo.has_value(key)}
    assert answered == {"first_name", "last_name", "status", "uses_keys"}


def test_all_three_statuses_and_inactive_pets_are_there() -> None:
    assert set(Client.objects.values_list("status", flat=True)) == {
        "Prospect",
        "Active",
        "Inactive",
    }
    assert Pet.objects.filter(active=False).count() >= 2


def test_every_field_is_answered_by_somebody() -> None:
    clients, pets = list(Client.objects.with_links()), list(Pet.objects.with_links())
    unanswered = {key for key in CLIENT.fields if not any(c.has_value(key) for c in clients)}
    unanswered |= {key for key in PET.fields if not any(p.has_value(key) for p in pets)}
    assert unanswered == set()


def test_choices_are_those_of_the_catalogue() -> None:
    for record in (*Client.objects.all(), *Pet.objects.all()):
        for key, field in record.subject.fields.items():
            if field.choices and (value := getattr(record, key)):
                values = value if isinstance(value, list) else [value]
                assert set(values) <= {choice for choice, _label in field.choices}


def test_one_zip_is_in_no_territory() -> None:
    covered = set(TerritoryZip.objects.values_list("zip_code", flat=True))
    used = set(Client.objects.exclude(zip_code="").values_list("zip_code", flat=True))
    assert used - covered == {UNCOVERED_ZIP}
    assert Vet.objects.count() == 10


def test_secrets_are_sealed_with_this_installations_key() -> None:
    shared = Client.objects.get(last_name="Whitcomb")
    assert key_ring().unseal(shared.door_code) == "7302#"
    assert key_ring().unseal(shared.alarm_password) == "marzipan"


def test_whoever_has_an_alarm_has_told_all_about_it() -> None:
    alarm = [key for key, field in CLIENT.fields.items() if field.shown_when]
    for client in Client.objects.filter(has_alarm=True):
        assert all(client.has_value(key) for key in alarm), client


def test_phones_are_understood() -> None:
    phones = [key for key, field in CLIENT.fields.items() if key.endswith("_phone")]
    phones.remove("primary_phone")
    odd = [
        getattr(client, key)
        for client in Client.objects.all()
        for key in phones
        if getattr(client, key) and key not in client.phones_e164
    ]
    assert odd == ["ask Marcus"]


def test_words_are_those_of_a_real_save() -> None:
    for client in Client.objects.all():
        stored = {(w.word, w.key): w.is_for_administrators for w in client.words.all()}
        assert stored == client_words(client, client.pets.all(), region="US")


def test_every_save_of_the_last_months_left_its_history() -> None:
    saves = sum(check_history(record) for record in (*Client.objects.all(), *Pet.objects.all()))
    assert saves == len(SAVES)
    newest = timezone.now() - timedelta(days=120)
    assert not ClientChange.objects.filter(changed_at__lt=newest).exists()
    assert not PetChange.objects.filter(changed_at__gt=timezone.now()).exists()


def test_clients_office_and_sitters_changed_something() -> None:
    roles = set(ClientChange.objects.values_list("changed_by__role", flat=True))
    assert roles == set(Role.values)


def test_some_fields_are_marked_several_times_and_some_marks_are_seen() -> None:
    biscuit = Pet.objects.get(name="Biscuit")
    sitter = user("sitter")
    marks = marks_of(Pet, [biscuit.pk], reader=sitter, keys=list(PET.fields), days=90)[biscuit.pk]
    assert marks["medication"].count == 3
    assert marks["medication"].is_new
    assert not marks["feeding"].is_new
    shared = biscuit.client
    marks = marks_of(Client, [shared.pk], reader=sitter, keys=["door_code"], days=90)[shared.pk]
    assert marks["door_code"].count == 2


def test_a_dozen_pets_have_ready_photos(small_company: Path) -> None:
    pets = Pet.objects.exclude(photo=None).select_related("photo")
    assert len(pets) >= 12
    for pet in pets:
        assert isinstance(pet.photo, Photo)
        assert pet.photo.client_id == pet.client_id
        assert pet.photo.state == "ready"
        for size, pixels in (("large", 800), ("small", 320)):
            with (
                default_storage.open(pet.photo.path(size)) as file,
                Image.open(file) as picture,
            ):
                assert (picture.format, picture.size) == ("JPEG", (pixels, pixels))
    assert len(list(small_company.rglob("*.jpg"))) == 2 * len(pets)


def test_no_pet_was_entered_before_it_was_born() -> None:
    for pet in Pet.objects.exclude(born_year=None):
        known = pet.born
        first_day = date(pet.born_year or 0, known.month or 1, known.day or 1)
        assert pet.client.created_at <= pet.created_at <= timezone.now()
        assert pet.created_at.date() >= first_day


def test_codes_were_opened_on_every_ground_and_one_person_has_left_since() -> None:
    grounds = set(Reveal.objects.values_list("ground", flat=True))
    assert grounds == {Ground.VISIT, Ground.BREAK_GLASS, Ground.OWN_HOME}
    manager = User.objects.get(email="manager@demo.test")
    assert "Kyle Pruitt" in {row.opened_by_name for row in to_change(manager)}
