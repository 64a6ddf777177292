"""Households and their rows are kept aside and come back in the order of the files."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pawfile.imports.spool import Spool, place_of

cells = st.lists(st.text(), max_size=3)
places = st.tuples(st.integers(0, 3), st.integers(1, 2_000_000))


def add(spool: Spool, sheet: int, number: int, **values: Any) -> int:
    pk = spool.add_household({"place": place_of(sheet, number), **values})
    spool.add_line(pk, sheet, number, ["first"])
    return pk


@given(st.dictionaries(places, cells, max_size=6))
def test_every_row_comes_back_as_it_was_in_order(rows: dict[tuple[int, int], list[str]]) -> None:
    spool = Spool()
    for (sheet, number), row in rows.items():
        household = spool.add_household({"place": place_of(sheet, number)})
        spool.add_line(household, sheet, number, row)
        spool.wait(sheet, number, row)
    found = [line for _household, lines in spool.households() for line in lines]
    assert found == [(sheet, number, rows[sheet, number]) for sheet, number in sorted(rows)]
    assert list(spool.waiting()) == [(*place, row) for place, row in rows.items()]
    assert spool.count() == len(rows)


def test_a_household_is_found_by_what_is_known_of_it() -> None:
    spool = Spool()
    ann = add(spool, 0, 2, first="ann", last="lee", source_id="7", client_pk=40)
    bob = add(spool, 0, 3, first="bob", last="lee")
    twin = add(spool, 1, 2, first="ann", last="lee")
    assert [each["id"] for each in spool.by_name("ann", "lee")] == [ann, twin]
    for found in (spool.by_id("7"), spool.by_client(40), spool.get(ann), spool.by_place(2)):
        assert found is not None
        assert found["id"] == ann
    assert (spool.by_id("8"), spool.by_client(41), spool.by_place(9)) == (None, None, None)
    spool.change_household(bob, {"source_id": "8"})
    found = spool.by_id("8")
    assert found is not None
    assert found["id"] == bob


def test_those_of_several_rows_can_be_asked_for_alone() -> None:
    spool = Spool()
    one, two = add(spool, 0, 2), add(spool, 0, 3)
    spool.add_line(two, 0, 9, ["last"])
    assert [each["id"] for each, _lines in spool.households()] == [one, two]
    assert [each["id"] for each, _lines in spool.households(least=2)] == [two]
    assert spool.first_line(two) == (0, 3, ["first"])
