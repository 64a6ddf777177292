from datetime import date

import pytest
from django.db import models
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.demo.crowd import pets_before
from pawfile.demo.households import HOUSEHOLDS
from pawfile.lib.columns import key_ring
from pawfile.lib.phones import e164
from pawfile.lib.text import fold
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.words import client_words, is_vocabulary
from pawfile.search.models import Vocabulary
from tests.demo.histories import check_history

pytestmark = pytest.mark.usefixtures("large_company")
INVENTED = 400 - len(HOUSEHOLDS)


def invented() -> models.QuerySet[Client]:
    first = Client.objects.order_by("-pk")[INVENTED - 1].pk
    return Client.objects.filter(pk__gte=first).order_by("pk")


def test_there_are_as_many_as_asked_for() -> None:
    assert Client.objects.count() == 400
    hand_written = sum(len(home.pets) for home in HOUSEHOLDS)
    assert Pet.objects.count() == hand_written + pets_before(INVENTED)
    assert pets_before(1000) == 1600


def test_stored_words_are_those_of_a_real_save() -> None:
    for client in invented().prefetch_related("pets", "words"):
        stored = {(w.word, w.key): w.is_for_administrators for w in client.words.all()}
        assert stored == client_words(client, client.pets.all(), region="US")


def test_words_of_names_and_streets_are_in_the_vocabulary() -> None:
    known = set(Vocabulary.objects.values_list("word", flat=True))
    for client in invented().prefetch_related("words"):
        names = [word.word for word in client.words.all() if is_vocabulary(word.key)]
        assert {word for word in names if word.isalpha() and len(word) > 2} <= known


def test_search_finds_invented_clients() -> None:
    ada = User.objects.get_queryset().filter(role=Role.ADMINISTRATOR).get()
    for client in invented()[:40]:
        pet = client.pets.first()
        queries = [client.last_name, client.cell_phone, client.email, client.street]
        queries += [client.cell_phone[-4:], fold(client.first_name).upper()]
        queries += [pet.name] if pet else []
        for query in filter(None, queries):
            assert client in Client.objects.search(query, reader=ada), query


def test_a_typo_in_an_invented_name_is_forgiven() -> None:
    ada = User.objects.get_queryset().filter(role=Role.ADMINISTRATOR).get()
    client = next(c for c in invented() if len(c.last_name) > 7 and c.last_name.isalpha())
    mistyped = client.last_name[:4] + client.last_name[5:]
    assert client in Client.objects.search(mistyped, reader=ada)


def test_rows_are_as_a_real_save_makes_them() -> None:
    phones = [k for k, f in CLIENT.fields.items() if k.endswith("_phone") and not f.choices]
    for client in invented():
        assert client.sort_name == fold(f"{client.last_name} {client.first_name}")
        typed = {key: getattr(client, key) for key in phones if getattr(client, key)}
        assert client.phones_e164 == {key: e164(text, "US") for key, text in typed.items()}
        assert "" not in client.phones_e164.values()
    for pet in Pet.objects.all():
        assert pet.sort_name == fold(pet.name)


def test_values_fit_their_columns_and_choices() -> None:
    for record in (*invented(), *Pet.objects.filter(client__in=invented())):
        for field in record._meta.concrete_fields:
            value = getattr(record, field.attname)
            if isinstance(value, str) and field.max_length:
                assert len(value) <= field.max_length
        for key, declared in record.subject.fields.items():
            if declared.choices and (value := getattr(record, key)):
                values = value if isinstance(value, list) else [value]
                assert set(values) <= {choice for choice, _label in declared.choices}


def test_a_few_have_a_history_like_that_of_real_saves() -> None:
    pets = Pet.objects.filter(client__in=invented())
    saved = [check_history(record) for record in (*invented(), *pets)]
    assert 0.01 < sum(map(bool, saved)) / len(saved) < 0.1
    assert max(saved) > 1


def test_secrets_of_invented_clients_open() -> None:
    client = next(client for client in invented() if client.garage_code)
    assert key_ring().unseal(client.garage_code).isdigit()


def test_invented_clients_have_none_of_the_sitters_who_sign_in() -> None:
    sitters = User.objects.get_queryset().filter(
        email__in=["sitter@demo.test", "sitter2@demo.test"]
    )
    mine = Client.objects.filter(
        models.Q(primary_sitter__in=sitters) | models.Q(secondary_sitter__in=sitters)
    )
    assert mine.count() == 24
    assert invented().exclude(primary_sitter=None).exists()


def test_animals_tags_and_blocks_are_there() -> None:
    assert {pet.animal for pet in Pet.objects.all()} >= {"Dog", "Cat", "Bird"}
    assert invented().exclude(tags=None).exists()
    assert PET["animal"].is_always_required


def test_no_pet_was_entered_before_it_was_born() -> None:
    for pet in Pet.objects.exclude(born_year=None):
        known = pet.born
        first_day = date(pet.born_year or 0, known.month or 1, known.day or 1)
        assert pet.client.created_at <= pet.created_at <= timezone.now()
        assert pet.created_at.date() >= first_day
