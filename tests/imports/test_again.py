"""A second import: it finds what is there, changes what differs, makes nothing twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pawfile.history.models import FieldChange
from pawfile.imports.issues import Kind
from pawfile.imports.run import ImportRun
from pawfile.imports.writing import Writer
from pawfile.lib.columns import key_ring
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange, Tag
from tests.factories import make_client, make_pet
from tests.imports.files import PETS, all_rows, counted, import_text, imported, kinds, write

pytestmark = pytest.mark.django_db
HEADINGS = f"{PETS},City,Cell Phone,Door Code,Vet,Tags,Born,Breed"
ROWS = (
    "Ann,Lee,ann@example.com,Rex,Dog,Denver,303-555-0122,0852#,Elm Vets,VIP,2019,Poodle",
    "Ann,Lee,ann@example.com,Tom,Cat,Denver,303-555-0122,0852#,Elm Vets,VIP,,",
    "Bob,Roe,bob@example.com,Ida,Dog,Boulder,,,,,2020-03,",
)


def test_a_file_imported_again_changes_nothing_at_all(tmp_path: Path) -> None:
    assert counted(import_text(tmp_path, HEADINGS, *ROWS)) == {
        "clients": {"created": 2},
        "pets": {"created": 3},
    }
    before = all_rows()
    assert counted(import_text(tmp_path, HEADINGS, *ROWS)) == {
        "clients": {"unchanged": 2},
        "pets": {"unchanged": 3},
    }
    assert all_rows() == before


def test_blank_cells_erase_nothing(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, *ROWS)
    before = all_rows()
    run = import_text(tmp_path, HEADINGS, "Ann,Lee,ann@example.com,Rex,Dog,,,,,,,")
    assert counted(run) == {"clients": {"unchanged": 1}, "pets": {"unchanged": 1}}
    assert all_rows() == before


def test_what_the_file_says_differently_is_changed_with_history(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, *ROWS)
    run = import_text(
        tmp_path,
        HEADINGS,
        "Ann,Lee,ann@example.com,Rex,Dog,Aurora,303-555-0122,4711,Elm Vets,VIP,2019-04,Beagle",
        "Bob,Roe,bob@example.com,Ida,Dog,Boulder,,,,,2020,",
    )
    assert counted(run) == {
        "clients": {"updated": 1, "unchanged": 1},
        "pets": {"updated": 1, "unchanged": 1},
    }
    ann = Client.objects.get(first_name="Ann")
    assert ann.city == "Aurora"
    assert key_ring().unseal(ann.door_code) == "4711"
    assert changes(ClientChange) == [
        ("city", "Denver", "Aurora", None),
        ("door_code", "", "", None),
    ]
    assert changes(PetChange) == [
        ("born", "2019", "Apr 2019", None),
        ("breed", "Poodle", "Beagle", None),
    ]


def changes(model: type[FieldChange]) -> list[tuple[str, str, str, int | None]]:
    rows = model._default_manager.values_list("key", "old_text", "new_text", "changed_by")
    return sorted(rows)


def test_a_number_or_address_spelled_otherwise_is_no_change(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, *ROWS)
    run = import_text(
        tmp_path, HEADINGS, "Ann,Lee,ANN@example.com,Rex,dog,Denver,(303) 555-0122,,,vip,,"
    )
    assert counted(run) == {"clients": {"unchanged": 1}, "pets": {"unchanged": 1}}


def test_tags_are_added_and_none_is_taken_away(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, *ROWS)
    ann = Client.objects.get(first_name="Ann")
    ann.tags.add(Tag.objects.create(name="Shy dog"))
    run = import_text(tmp_path, HEADINGS, 'Ann,Lee,ann@example.com,Rex,Dog,,,,,"VIP, Pays late",,')
    assert counted(run)["clients"] == {"updated": 1}
    assert {str(tag) for tag in ann.tags.all()} == {"VIP", "Shy dog", "Pays late"}
    assert changes(ClientChange)[0][0] == "tags"


def test_a_new_pet_joins_the_client_that_is_there(tmp_path: Path) -> None:
    client = make_client(first_name="Ann", last_name="Lee", email="ann@example.com")
    make_pet(client, name="Rex")
    run = import_text(tmp_path, HEADINGS, *ROWS[:2])
    assert counted(run) == {
        "clients": {"updated": 1},
        "pets": {"created": 1, "updated": 1},
    }
    assert Pet.objects.filter(client=client).count() == 2


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"email": "ann@example.com"}, {"updated": 1}),
        ({"cell_phone": "+1 303 555 0122"}, {"updated": 1}),
        ({}, {"updated": 1}),
        ({"email": "other@example.com"}, {"created": 1}),
        ({"email": "ann@example.com", "cell_phone": "303-555-0199"}, {"updated": 1}),
    ],
)
def test_a_client_is_found_again_by_name_and_what_is_the_same(
    tmp_path: Path, values: dict[str, str], outcome: dict[str, int]
) -> None:
    make_client(first_name="Ann", last_name="Lee", **values)
    run = import_text(tmp_path, HEADINGS, ROWS[0])
    assert counted(run)["clients"] == outcome


def test_two_clients_that_fit_alike_are_a_question(tmp_path: Path) -> None:
    for _ in range(2):
        make_client(first_name="Ann", last_name="Lee", email="ann@example.com")
    run = import_text(tmp_path, HEADINGS, ROWS[0])
    assert counted(run) == {"clients": {"problems": 1}, "pets": {"problems": 1}}
    assert kinds(run) == [Kind.AMBIGUOUS_CLIENT]
    assert not Pet.objects.exists()


def test_two_pets_that_fit_alike_are_a_question(tmp_path: Path) -> None:
    client = make_client(first_name="Ann", last_name="Lee", email="ann@example.com")
    for _ in range(2):
        make_pet(client, name="Rex")
    run = import_text(tmp_path, PETS, "Ann,Lee,ann@example.com,Rex,Dog")
    assert counted(run) == {"clients": {"unchanged": 1}, "pets": {"problems": 1}}
    assert kinds(run) == [Kind.AMBIGUOUS_PET]
    assert run.tally.rows["problems"] == 1


def test_pets_of_one_name_are_told_apart_again(tmp_path: Path) -> None:
    rows = [
        f"Ann,Lee,ann@example.com,Rex,Dog,,,,,,,{breed}" for breed in ("Poodle", "Beagle", "Pug")
    ]
    import_text(tmp_path, HEADINGS, *rows)
    run = import_text(tmp_path, f"{HEADINGS},Weight", f"{rows[1]},9 lb", f"{rows[2]},8 lb")
    assert counted(run)["pets"] == {"updated": 2}
    assert dict(Pet.objects.values_list("breed", "weight")) == {
        "Poodle": "",
        "Beagle": "9 lb",
        "Pug": "8 lb",
    }


def test_a_dry_run_writes_nothing_and_says_what_the_real_run_says(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, *ROWS)
    path = write(
        tmp_path,
        "\n".join(
            [
                f"{HEADINGS},Zip",
                f"{ROWS[0].replace('Denver', 'Aurora')},2134",
                "Cyd,Poe,cyd@example,Gus,Goat,,303,1,New Vets,New tag,soon,,",
                ",Poe,,Gus,Goat,,,,,,,,",
            ]
        ),
    )
    before = all_rows()
    dry = imported(path, is_dry=True)
    assert all_rows() == before
    real = imported(path)
    assert all_rows() != before
    assert dry.tally == real.tally
    assert list(dry.issues) == list(real.issues)
    assert len(list(dry.issues)) == 6


def test_a_dry_run_of_an_empty_book_makes_not_even_its_options(tmp_path: Path) -> None:
    before = all_rows()
    assert before["options.SiteOptions"] == []
    run = import_text(tmp_path, HEADINGS, *ROWS, is_dry=True)
    assert all_rows() == before
    assert counted(run) == {"clients": {"created": 2}, "pets": {"created": 3}}


@pytest.mark.parametrize("wrong", [KeyboardInterrupt, RuntimeError])
def test_a_run_that_is_stopped_leaves_whole_clients_and_the_next_does_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: type[BaseException]
) -> None:
    rows = [f"C{n},Lee,c{n}@example.com,P{n},Dog,,,,,,," for n in range(40)]
    path = write(tmp_path, "\n".join([HEADINGS, *rows]))
    monkeypatch.setattr("pawfile.imports.run.BATCH", 15)
    monkeypatch.setattr(Writer, "_index", stopping_at(Writer._index, call=2, wrong=wrong))
    run = ImportRun(path)
    with pytest.raises(wrong):
        run.run()
    assert counted(run) == {"clients": {"created": 15}, "pets": {"created": 15}}
    assert Client.objects.count() == Pet.objects.count() == 15
    monkeypatch.undo()
    assert counted(imported(path)) == {
        "clients": {"created": 25, "unchanged": 15},
        "pets": {"created": 25, "unchanged": 15},
    }


def stopping_at(
    original: Callable[..., None], *, call: int, wrong: type[BaseException]
) -> Callable[..., None]:
    """The function, until it is called for the time that stops it."""
    calls = []

    def stop(*args: object) -> None:
        calls.append(args)
        if len(calls) == call:
            raise wrong
        original(*args)

    return stop


def test_what_the_database_refuses_is_named_and_the_others_land(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A status that is none slips past the reader here: the database still refuses it."""
    monkeypatch.setattr("pawfile.imports.columns.one_of", lambda text, choices: text)
    run = import_text(
        tmp_path,
        f"{PETS},Status",
        "Ann,Lee,a@example.com,Rex,Dog,Active",
        "Bob,Lee,b@example.com,Tom,Cat,Purple",
        "Cyd,Lee,c@example.com,Ida,Cat,Active",
    )
    assert counted(run) == {
        "clients": {"created": 2, "problems": 1},
        "pets": {"created": 2, "problems": 1},
    }
    assert [(issue.kind, issue.row) for issue in run.issues] == [(Kind.NOT_SAVED, 3)]
    assert run.tally.rows.total() == 3
