"""Columns of a file that fill a company's own fields, found by their labels."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.registry import Kind as FieldKind
from pawfile.imports.issues import Kind
from pawfile.imports.layout import MappingError
from pawfile.lib.columns import key_ring
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Territory, Vet
from tests.fields.custom import make_field
from tests.imports.files import NAMES, PETS, counted, import_text, kinds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "cell", "stored"),
    [
        (FieldKind.TEXT, " by the\nmill ", "by the mill"),
        (FieldKind.LONG_TEXT, "left\r\nright", "left\nright"),
        (FieldKind.YES_NO, "N", False),
        (FieldKind.NUMBER, "12,50", "12.50"),
        (FieldKind.DATE, "2026-04-12", "2026-04-12"),
        (FieldKind.DATE, "12 Apr 2031", "2031-04-12"),
        (FieldKind.CHOICE, "green", "c2"),
        (FieldKind.CHOICES, "Blue / red", ["c1", "c3"]),
        (FieldKind.EMAIL, "a@x.org", "a@x.org"),
        (FieldKind.EMAILS, "a@x.org; b@x.org", ["a@x.org", "b@x.org"]),
        (FieldKind.PHONE, "(303) 555-0122", "(303) 555-0122"),
        (FieldKind.NUMBER, "n/a", None),
        (FieldKind.VET, "", None),
    ],
)
def test_a_cell_fills_the_field_of_that_label(
    tmp_path: Path, kind: FieldKind, cell: str, stored: Any
) -> None:
    field = make_field("client", "Own question", kind)
    twin = make_field("pet", "Pet's question", kind)
    lines = [f"{PETS},own QUESTION,Pet's question", f'Ann,Lee,,Rex,Dog,"{cell}","{cell}"']
    run = import_text(tmp_path, *lines)
    assert list(run.issues) == []
    wanted = [{} if stored is None else {each.key: stored} for each in (field, twin)]
    assert [Client.objects.get().custom, Pet.objects.get().custom] == wanted
    again = import_text(tmp_path, *lines)
    assert counted(again) == {"clients": {"unchanged": 1}, "pets": {"unchanged": 1}}
    assert Client.objects.get().changes.count() == 0


def test_links_are_found_by_name_and_secrets_sealed(tmp_path: Path, sam: User) -> None:
    vet, north = Vet.objects.create(name="Dr. Wu"), Territory.objects.create(name="North")
    known, fresh = (
        make_field("client", f"{word} clinic", FieldKind.VET) for word in ("Day", "Night")
    )
    sitter = make_field("client", "Substitute", FieldKind.SITTER)
    area = make_field("client", "Weekend area", FieldKind.TERRITORY)
    safe = make_field("client", "Safe", FieldKind.SECRET)
    import_text(
        tmp_path,
        f"{NAMES},Day clinic,Night clinic,Night clinic Phone,Substitute,Weekend area,Safe",
        "Ann,Lee,dr. wu,Owl Vets,303-555-0122,Sam Sitter,north,4711#",
    )
    owl = Vet.objects.exclude(pk=vet.pk).get()
    custom = Client.objects.get().custom
    sealed = custom.pop(safe.key)
    assert (owl.name, owl.phone) == ("Owl Vets", "303-555-0122")
    assert custom == {
        known.key: vet.pk, fresh.key: owl.pk, sitter.key: sam.pk, area.key: north.pk,
    }  # fmt: skip
    assert "4711" not in sealed
    assert key_ring().matches(Client.objects.get().field_value(safe.key), "4711#")


@pytest.mark.parametrize(
    ("kind", "cell", "issue"),
    [
        (FieldKind.NUMBER, "twelve", Kind.NUMBER),
        (FieldKind.NUMBER, "9" * 40, Kind.NUMBER),
        (FieldKind.DATE, "31.2.2026", Kind.DATE),
        (FieldKind.DATE, "2026", Kind.DATE),
        (FieldKind.CHOICE, "Mauve", Kind.CHOICE),
        (FieldKind.YES_NO, "sometimes", Kind.YES_NO),
        (FieldKind.EMAIL, "ann(at)example.com", Kind.EMAIL),
        (FieldKind.TEXT, "x" * 501, Kind.TOO_LONG),
        (FieldKind.SITTER, "Nobody Known", Kind.NO_SUCH_SITTER),
        (FieldKind.TERRITORY, "Nowhere", Kind.NO_SUCH_TERRITORY),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, kind: FieldKind, cell: str, issue: Kind
) -> None:
    make_field("client", "Own question", kind)
    run = import_text(tmp_path, f"{NAMES},Own question", f"Ann,Lee,{cell}")
    assert kinds(run) == [issue]
    assert (Client.objects.get().custom, next(iter(run.issues)).column) == ({}, "Own question")


def test_a_retired_choice_is_taken_only_where_it_stands_already(tmp_path: Path) -> None:
    choices = [{"value": "c1", "label": "Red"}, {"value": "c2", "label": "Green"}]
    field = make_field("client", "Door", FieldKind.CHOICE, choices=choices)
    lines = (f"{NAMES},Email,Door", "Ann,Lee,a@x.org,Green")
    import_text(tmp_path, *lines)
    field.choices = [choices[0], {**choices[1], "is_retired": True}]
    field.save()
    import_text(tmp_path, *lines)
    assert Client.objects.get().custom == {field.key: "c2"}
    run = import_text(tmp_path, lines[0], "Bob,Lee,b@x.org,Green")
    assert kinds(run) == [Kind.CHOICE]
    assert Client.objects.get(first_name="Bob").custom == {}


def test_an_archived_field_is_filled_by_no_file(tmp_path: Path) -> None:
    field = make_field("client", "Old question")
    lines = (f"{NAMES},Email,Old question", "Ann,Lee,a@x.org,one")
    import_text(tmp_path, *lines)
    field.archived_at = timezone.now()
    field.save()
    import_text(tmp_path, lines[0], "Ann,Lee,a@x.org,two")
    assert Client.objects.get().custom == {field.key: "one"}


def test_a_mapping_to_an_archived_field_is_refused_by_name(tmp_path: Path) -> None:
    """A mapping somebody kept says what has become of the field, and nothing is imported."""
    field = make_field("client", "Old question")
    field.archived_at = timezone.now()
    field.save()
    with pytest.raises(MappingError) as caught:
        import_text(
            tmp_path, f"{NAMES},Legacy", "Ann,Lee,one", mapped=[f"Legacy=client.{field.key}"]
        )
    assert str(caught.value) == (
        f"“Old question” (client.{field.key}) is archived. Bring it back under Site Options > "
        "Clients, or leave the column out: 'Heading='."
    )
    assert Client.objects.count() == 0
