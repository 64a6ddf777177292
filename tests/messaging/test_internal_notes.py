"""Internal notes: the office's own, sitters' if it says so, no client's ever."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.messaging.actions.notes import add_internal_note, remove_internal_note
from pawfile.messaging.letters import tell_unread
from pawfile.messaging.models import InternalNote
from pawfile.people.viewing import VIEWING
from pawfile.profiles.models import Client, Pet
from tests.access.addresses import ADDRESSES
from tests.access.home import make_home
from tests.factories import make_client
from tests.messaging.talk import begin, let_sitters_write
from tests.messaging.test_mails import later
from tests.profiles.pages import content, fill_in, problems, read

SignIn = Callable[[User], Browser]
SENTINEL = "Xylophone sentinel of the office"


def shown(browser: Browser, client: Client) -> list[str]:
    page = read(browser.get(f"/clients/{client.pk}/internal-notes/"))
    return [line.one("div").text for line in page.all("li", data_internal_note="")]


def test_the_office_writes_reads_and_removes(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    url = f"/clients/{cleos_home.pk}/internal-notes/"
    assert fill_in(signed_in(mona), url, text="Pays late.").status_code == 302
    assert shown(signed_in(ada), cleos_home) == ["Pays late."]
    note = InternalNote.objects.get()
    assert signed_in(ada).post(f"/internal-notes/{note.pk}/remove/").status_code == 302
    assert shown(signed_in(mona), cleos_home) == []
    empty = fill_in(signed_in(mona), url, text=" ")
    assert (empty.status_code, problems(read(empty))) == (
        422,
        ["Internal note: Write the note first."],
    )
    long = fill_in(signed_in(mona), url, text="a" * 20_001)
    assert "room for 20000 letters; this one has 20001" in problems(read(long))[0]


def test_sitters_see_what_is_meant_for_them_and_write_none(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    add_internal_note(client=cleos_home, text="For the office.", by=mona)
    add_internal_note(client=cleos_home, text="For all staff.", is_for_sitters=True, by=mona)
    browser = signed_in(sam)
    assert shown(browser, cleos_home) == ["For all staff."]
    url = f"/clients/{cleos_home.pk}/internal-notes/"
    assert browser.post(url, {"text": "Mine."}).status_code == 403
    own = make_client(first_name="Sam", last_name="Sitter", logins=[sam], primary_sitter=sam)
    add_internal_note(client=own, text="About Sam.", is_for_sitters=True, by=mona)
    assert InternalNote.objects.visible_to(sam).filter(client=own).count() == 0
    with pytest.raises(PermissionDenied):
        add_internal_note(client=cleos_home, text="x", by=sam)
    with pytest.raises(PermissionDenied):
        remove_internal_note(note=InternalNote.objects.all()[0], by=sam)


def test_no_page_and_no_mail_of_a_client_ever_holds_one(
    signed_in: SignIn, *, ada: User, sam: User, cleo: User, cleos_home: Client,
    carls_home: Client, rex: Pet,
) -> None:  # fmt: skip
    """Every address as the client, and as an administrator who sees what the client sees."""
    let_sitters_write()
    home = make_home(cleos_home, rex, by=ada, other=carls_home)
    for client in (cleos_home, carls_home):
        add_internal_note(client=client, text=SENTINEL, is_for_sitters=True, by=ada)
    begin(sam, client=cleos_home, sitter=sam)
    url = f"/clients/{cleos_home.pk}/internal-notes/"
    assert SENTINEL in content(signed_in(ada).get(url))  # it could leak
    assert SENTINEL in content(signed_in(sam).get(url))
    viewing = signed_in(ada)
    session = viewing.session
    session[VIEWING] = cleo.pk
    session.save()
    holding = [
        name
        for name, address in ADDRESSES.items()
        if name != "account_logout"
        for browser in (signed_in(cleo), viewing)
        for headers in ({}, {"HX-Request": "true"})
        if SENTINEL in content(browser.get(address.url(name, home), headers=headers))
    ]
    assert holding == []
    later()
    tell_unread()
    assert [mail for mail in Mail.objects.all() if SENTINEL in mail.text + mail.html] == []
