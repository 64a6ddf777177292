"""Codes in what is written about visits: noticed, moved without a trace, or dismissed for good."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client as Browser

from pawfile.access.actions.finds import GoneError, dismiss_find, move_into_vault
from pawfile.access.models import Find, FindState
from pawfile.accounts.models import User
from pawfile.lib.columns import key_ring
from pawfile.profiles.models import Client
from pawfile.schedule.actions.journals import add_note, remove_note, save_journal
from pawfile.schedule.actions.moves import cancel_visit, restore_visit
from pawfile.schedule.actions.requests import answer_request, ask_cancel
from pawfile.schedule.actions.visits import add_visit, change_visit
from pawfile.schedule.models import Journal, Series, SitterNote, Visit, VisitEvent, VisitStatus
from tests.factories import make_client, make_service, make_visit
from tests.home_access.stored import everything_stored
from tests.schedule.days import in_days
from tests.schedule.journals import done_visit, make_journal
from tests.schedule.series import make_series

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Browser]
NOTE = "Leash on the hook. Wifi password Zebra771"
LEFT = "Leash on the hook. Wifi password [Wi-Fi password: in the vault]"


def found() -> list[tuple[str, str]]:
    return list(Find.objects.order_by("pk").values_list("key", "state"))


def move(find: Find, by: User) -> None:
    field = Client.subject.fields["wifi_password"]
    move_into_vault(find=find, into=field, is_for_pet=False, by=by)


@pytest.fixture
def visit(cleos_home: Client, sam: User) -> Visit:
    return make_visit(cleos_home, sitter=sam, visit_on=in_days(3), status=VisitStatus.ACCEPTED)


def change(visit: Visit, note: str, by: User) -> Visit:
    return change_visit(visit=visit, values={"note": note}, opened_version=None, by=by)


def test_every_text_about_a_visit_is_read_when_it_is_saved(
    cleos_home: Client, visit: Visit, mona: User, sam: User, cleo: User
) -> None:
    change(visit, NOTE, mona)
    asked = ask_cancel(visit=visit, words="The gate code is 4411 by the way", by=cleo)
    answer_request(asked=asked, is_approved=False, reply="Alarm 8822#", by=mona, site="")
    cancel_visit(visit=visit, reason="Garage code 5151 is broken", by=mona)
    make_journal(cleos_home, sam, notes="Lockbox: 0852")
    add_note(client=cleos_home, text="the gate code is 3141", by=sam)
    make_series(cleos_home, in_days(4), note="Lockbox: 9091")
    keys = ("note", "wish", "reply", "cancel_reason", "journal", "sitter_note", "note")
    assert found() == [(key, FindState.OPEN) for key in keys]


def test_a_visit_made_with_a_code_in_its_note_is_noticed(cleos_home: Client, mona: User) -> None:
    made = add_visit(
        client=cleos_home, pets=[], service=make_service(), visit_on=in_days(3), note=NOTE, by=mona,
        exact_time=time(12),
    )  # fmt: skip
    assert Find.objects.get().visit == made


def test_who_takes_the_code_out_by_hand_has_settled_it(visit: Visit, mona: User) -> None:
    change(visit, NOTE, mona)
    change(visit, "Ring the bell.", mona)
    assert found() == [("note", FindState.GONE)]
    change(visit, NOTE, mona)
    assert found() == [("note", FindState.OPEN)]


def test_a_reason_taken_back_with_the_cancelling_is_gone(visit: Visit, mona: User) -> None:
    cancel_visit(visit=visit, reason="Garage code 5151 is broken", by=mona)
    restore_visit(visit=visit, by=mona)
    assert found() == [("cancel_reason", FindState.GONE)]


def test_a_note_that_is_removed_takes_its_find_with_it(cleos_home: Client, sam: User) -> None:
    note = add_note(client=cleos_home, text=NOTE, by=sam)
    remove_note(note=note, by=sam)
    assert found() == []


def test_a_code_of_a_series_is_asked_about_once(cleos_home: Client, mona: User) -> None:
    series = make_series(cleos_home, in_days(1), note=NOTE)
    visits = list(series.visits.all()[:2])
    change(visits[0], f"{NOTE}, ring first", mona)
    assert [find.series for find in Find.objects.all()] == [series]
    change(visits[1], "Lockbox: 4455", mona)
    assert [find.visit for find in Find.objects.order_by("pk")] == [None, visits[1]]


def test_moving_takes_it_out_of_everything_about_the_clients_visits(
    cleos_home: Client, visit: Visit, mona: User, sam: User
) -> None:
    change(visit, NOTE, mona)
    change(visit, f"Zebra771 opens it. {NOTE}", mona)
    series = make_series(cleos_home, in_days(4), note=NOTE)
    journal = make_journal(cleos_home, sam, notes=NOTE)
    note = add_note(client=cleos_home, text=NOTE, by=sam)
    change(visit, NOTE, mona)
    asked = ask_cancel(visit=visit, words=NOTE, by=mona)
    answer_request(asked=asked, is_approved=False, reply=NOTE, by=mona, site="")
    assert "zebra771" in everything_stored().casefold()
    move(Find.objects.select_related("client").order_by("pk")[0], mona)
    home = Client.objects.get(pk=cleos_home.pk)
    assert key_ring().unseal(home.wifi_password) == "Zebra771"
    texts = (
        Visit.objects.get(pk=visit.pk).note,
        Series.objects.get(pk=series.pk).note,
        Journal.objects.get(pk=journal.pk).notes,
        SitterNote.objects.get(pk=note.pk).text,
    )
    assert texts == (LEFT,) * 4
    assert {visit.note for visit in series.visits.all()} == {LEFT}
    assert set(Find.objects.values_list("state", flat=True)) == {FindState.MOVED}
    assert "zebra771" not in everything_stored().casefold()


def test_the_visit_says_that_a_code_was_moved_and_an_open_form_is_told(
    visit: Visit, mona: User
) -> None:
    visit = change(visit, NOTE, mona)
    move(Find.objects.select_related("client", "visit").get(), mona)
    event = VisitEvent.objects.filter(visit=visit)[0]
    said = "A code was moved into the vault"
    assert (event.text, event.done_by) == (said, mona)
    moved = Visit.objects.get(pk=visit.pk)
    assert (moved.version, event.version) == (visit.version + 1, visit.version + 1)


def test_texts_of_other_clients_stay_as_they_are(visit: Visit, mona: User) -> None:
    other = make_visit(make_client(), note=NOTE)
    change(visit, NOTE, mona)
    move(Find.objects.select_related("client").get(), mona)
    assert Visit.objects.get(pk=other.pk).note == NOTE


def test_a_dismissed_one_is_not_asked_about_in_the_next_visit_either(
    cleos_home: Client, visit: Visit, mona: User, sam: User
) -> None:
    change(visit, NOTE, mona)
    add_note(client=cleos_home, text=NOTE, by=sam)
    dismiss_find(find=Find.objects.order_by("pk")[0], by=mona)
    assert {state for _key, state in found()} == {FindState.DISMISSED}
    make_journal(cleos_home, sam, notes=NOTE)
    assert FindState.OPEN not in {state for _key, state in found()}


def test_who_comes_too_late_moves_nothing(visit: Visit, mona: User) -> None:
    change(visit, NOTE, mona)
    find = Find.objects.get()
    Visit.objects.update(note="Ring the bell.")
    with pytest.raises(GoneError):
        move(find, mona)
    assert not Client.objects.get(pk=visit.client_id).wifi_password


def test_the_list_names_the_visit_once_and_moves_with_one_click(
    cleos_home: Client, visit: Visit, mona: User, sam: User, signed_in: SignIn
) -> None:
    change(visit, NOTE, mona)
    make_journal(cleos_home, sam, notes=NOTE)
    office = signed_in(mona)
    page = office.get("/codes-in-text/").content.decode()
    assert page.count("data-find=") == 1
    assert "Note to the sitter" in page
    assert visit.get_absolute_url() in page
    assert "Zebra771" not in page
    find = Find.objects.order_by("pk")[0]
    office.post(f"/codes-in-text/{find.pk}/move/", {"into": "client.wifi_password"})
    assert "data-find=" not in office.get("/codes-in-text/").content.decode()
    assert Visit.objects.get(pk=visit.pk).note == LEFT


def test_a_journal_sent_twice_asks_once(cleos_home: Client, sam: User) -> None:
    visit = done_visit(cleos_home, sam)
    for version in range(2):
        save_journal(visit=visit, done=["fed"], notes=NOTE, opened_version=version, by=sam)
    assert found() == [("journal", FindState.OPEN)]
