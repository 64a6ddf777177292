"""Clients and sitters are asked about the codes in what they write, as far as the policy lets."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.access.models import Find, FindState
from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.lib.columns import key_ring
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.schedule.actions.journals import add_note
from pawfile.schedule.actions.requests import ask_cancel
from pawfile.schedule.actions.visits import change_visit
from pawfile.schedule.models import VisitStatus
from tests.factories import make_visit
from tests.schedule.days import in_days
from tests.schedule.journals import done_visit, make_journal

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Browser]
NOTE = "Leash on the hook. Garage code 4906"
TOLD = "The office is told, and moves it there."


@pytest.fixture
def home(cleos_home: Client) -> Client:
    update_client(cleos_home, values={"entry_instructions": NOTE}, by=None)
    return Client.objects.get(pk=cleos_home.pk)


def asked(browser: Browser, home: Client, query: str = "") -> str:
    return browser.get(f"/clients/{home.pk}/codes-in-text/{query}").content.decode()


def let_sitters_edit() -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_sitter_editing=True)


def hide_secrets(role: str) -> None:
    for key, field in Client.subject.fields.items():
        if field.kind == Kind.SECRET:
            FieldRule.objects.create(subject="client", key=key, **{role: Access.HIDE})


def test_clients_move_a_code_at_home_themselves(
    home: Client, cleo: User, signed_in: SignIn
) -> None:
    browser = signed_in(cleo)
    page = asked(browser, home)
    assert "This looks like a code: move it into the vault" in page
    assert "4906" not in page
    sent = {"into": "client.garage_code", "back": "profile"}
    answer = browser.post(f"/codes-in-text/{Find.objects.get().pk}/move/", sent)
    assert answer["Location"] == f"/my-info/?home={home.pk}"
    stored = Client.objects.get(pk=home.pk)
    assert key_ring().unseal(stored.garage_code) == "4906"
    assert "4906" not in stored.entry_instructions


def test_my_info_and_my_schedule_ask(home: Client, cleo: User, signed_in: SignIn) -> None:
    make_visit(home, visit_on=in_days(3))
    for url in ("/my-info/", "/my-schedule/"):
        page = signed_in(cleo).get(url).content.decode()
        assert f'hx-get="/clients/{home.pk}/codes-in-text/"' in page


def test_who_may_fill_no_code_reads_that_the_office_is_told(
    home: Client, cleo: User, signed_in: SignIn
) -> None:
    hide_secrets("client")
    page = asked(signed_in(cleo), home)
    assert TOLD in page
    assert "Move into the vault" not in page
    find = Find.objects.get()
    sent = {"into": "client.garage_code"}
    assert signed_in(cleo).post(f"/codes-in-text/{find.pk}/move/", sent).status_code == 422
    assert not Client.objects.get(pk=home.pk).garage_code


def test_a_text_that_a_client_may_not_change_is_not_asked_about(
    home: Client, cleo: User, signed_in: SignIn
) -> None:
    FieldRule.objects.create(subject="client", key="entry_instructions", client=Access.READ)
    assert "data-find=" not in asked(signed_in(cleo), home)
    find = Find.objects.get()
    for step in ("move", "dismiss"):
        assert signed_in(cleo).post(f"/codes-in-text/{find.pk}/{step}/").status_code == 404


def test_a_client_says_that_it_is_no_code(home: Client, cleo: User, signed_in: SignIn) -> None:
    signed_in(cleo).post(f"/codes-in-text/{Find.objects.get().pk}/dismiss/")
    find = Find.objects.get()
    assert (find.state, find.decided_by) == (FindState.DISMISSED, cleo)


def test_clients_are_asked_about_what_they_ask_for_and_not_about_what_staff_write(
    cleos_home: Client, cleo: User, mona: User, sam: User, signed_in: SignIn
) -> None:
    visit = make_visit(cleos_home, sitter=sam, visit_on=in_days(3), status=VisitStatus.ACCEPTED)
    change_visit(visit=visit, values={"note": NOTE}, opened_version=None, by=mona)
    add_note(client=cleos_home, text="Lockbox: 0852", by=sam)
    make_journal(cleos_home, sam, notes="Alarm 7730#")
    assert "data-find=" not in asked(signed_in(cleo), cleos_home)
    ask_cancel(visit=visit, words="The gate code is 3141", by=cleo)
    page = asked(signed_in(cleo), cleos_home)
    assert page.count("data-find=") == 1
    assert "What the client asks for" in page


def test_a_sitter_is_told_about_the_own_words_and_moves_them_if_editing_is_on(
    cleos_home: Client, sam: User, signed_in: SignIn
) -> None:
    add_note(client=cleos_home, text=NOTE, by=sam)
    browser, find = signed_in(sam), Find.objects.get()
    page = asked(browser, cleos_home)
    assert (TOLD in page, "find-choice" in page) == (True, False)
    let_sitters_edit()
    assert "Move into the vault" in asked(browser, cleos_home)
    browser.post(f"/codes-in-text/{find.pk}/move/", {"into": "client.garage_code"})
    assert key_ring().unseal(Client.objects.get(pk=cleos_home.pk).garage_code) == "4906"


def test_a_sitter_cannot_try_whether_a_code_is_the_one_in_the_vault(
    home: Client, sam: User, signed_in: SignIn
) -> None:
    let_sitters_edit()
    update_client(home, values={"garage_code": "4906"}, by=None)
    assert '<option value="client.garage_code"' not in asked(signed_in(sam), home)
    sent = {"into": "client.garage_code"}
    find = Find.objects.get()
    assert signed_in(sam).post(f"/codes-in-text/{find.pk}/move/", sent).status_code == 422
    assert signed_in(sam).post(f"/codes-in-text/{find.pk}/dismiss/").status_code == 403
    assert Find.objects.get().state == FindState.OPEN


def test_a_sitter_without_editing_is_not_asked_about_the_profile(
    home: Client, sam: User, signed_in: SignIn
) -> None:
    assert "data-find=" not in asked(signed_in(sam), home)


def test_the_page_of_a_visit_asks_about_its_own_texts(
    home: Client, mona: User, sam: User, signed_in: SignIn
) -> None:
    journal = make_journal(home, sam, notes="Lockbox: 0852")
    page = asked(signed_in(mona), home, f"?visit={journal.visit_id}")
    assert page.count("data-find=") == 1
    assert "Journal, " in page
    for url in (journal.visit.get_absolute_url(), journal.get_absolute_url()):
        page = signed_in(sam).get(url).content.decode()
        assert f'hx-get="/clients/{home.pk}/codes-in-text/?visit={journal.visit_id}"' in page


def test_another_clients_find_is_nobodys_business(
    home: Client, carl: User, carls_home: Client, signed_in: SignIn
) -> None:
    find = Find.objects.get()
    assert signed_in(carl).get(f"/codes-in-text/{find.pk}/move/").status_code == 404
    assert signed_in(carl).post(f"/codes-in-text/{find.pk}/dismiss/").status_code == 404


@pytest.mark.parametrize(("text", "is_warned"), [(NOTE, True), ("Leash on the hook.", False)])
def test_who_goes_on_to_another_page_hears_of_the_code_at_once(
    cleos_home: Client, sam: User, signed_in: SignIn, *, text: str, is_warned: bool
) -> None:
    browser, said = signed_in(sam), "There seems to be a code in it."
    visit = done_visit(cleos_home, sam)
    sent = {"done": ["fed"], "notes": text, "version": "0"}
    page = browser.post(f"/visits/{visit.pk}/journal/", sent, follow=True).content.decode()
    assert ("The journal is saved." in page, said in page) == (True, is_warned)
    address = f"/clients/{cleos_home.pk}/notes/new/"
    sent = {"text": text, "back": "/my-schedule/"}
    page = browser.post(address, sent, follow=True).content.decode()
    assert ("The note is saved." in page, said in page) == (True, is_warned)
