"""Who sees a conversation, who is told of it, who may write in it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.registry import Access
from pawfile.messaging.models import Conversation, Message, Unread
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.fields.sentinels import set_access
from tests.messaging.talk import answer, begin, let_sitters_write, said
from tests.profiles.pages import fill_in, read

SignIn = Callable[[User], Browser]


@pytest.fixture
def everybody(
    ada: User, *, mona: User, sam: User, stan: User, cleo: User, carl: User, carls_home: Client
) -> list[User]:
    return [ada, mona, sam, stan, cleo, carl]


def seen_by(everybody: list[User], conversation: Conversation) -> list[str]:
    return [
        user.name.split()[0]
        for user in everybody
        if Conversation.objects.visible_to(user).filter(pk=conversation.pk).exists()
    ]


def told(conversation: Conversation) -> list[str]:
    rows = Unread.objects.filter(conversation=conversation).order_by("reader__name")
    return [row.reader.name.split()[0] for row in rows.select_related("reader")]


def test_each_kind_is_seen_by_its_sides_and_the_office(
    everybody: list[User], mona: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    let_sitters_write()
    with_client = begin(mona, client=cleos_home)
    with_sitter = begin(mona, sitter=sam)
    between = begin(sam, client=cleos_home, sitter=sam)
    assert seen_by(everybody, with_client) == ["Ada", "Mona", "Cleo"]
    assert seen_by(everybody, with_sitter) == ["Ada", "Mona", "Sam"]
    assert seen_by(everybody, between) == ["Ada", "Mona", "Sam", "Cleo"]
    messages = Message.objects.visible_to(cleo).order_by("pk")
    assert {each.conversation for each in messages} == {with_client, between}


def test_what_a_sitter_writes_to_a_client_is_copied_to_management(
    signed_in: SignIn, *, ada: User, mona: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    """Rule 55."""
    let_sitters_write()
    url = f"/messages/new/?client={cleos_home.pk}"
    sent = fill_in(signed_in(sam), url, client=str(cleos_home.pk), body="Rex ate a sock.")
    assert sent.status_code == 302
    conversation = Conversation.objects.get()
    assert told(conversation) == ["Ada", "Cleo", "Mona"]
    for reader, who in ((ada, "Sam Sitter"), (mona, "Sam Sitter"), (cleo, "Sam")):
        page = read(signed_in(reader).get(conversation.get_absolute_url()))
        assert said(page) == [f"{who}: Rex ate a sock."]
    answer(conversation, mona, "Which one?")
    assert told(conversation) == ["Cleo", "Sam"]


def test_without_the_option_sitters_write_to_the_office_only(
    signed_in: SignIn, sam: User, cleo: User, cleos_home: Client
) -> None:
    browser = signed_in(sam)
    assert browser.get(f"/messages/new/?client={cleos_home.pk}").status_code == 404
    sent = {"client": cleos_home.pk, "body": "Hi."}
    assert browser.post("/messages/new/", sent).status_code == 404
    assert fill_in(browser, "/messages/new/", body="Ill today.").status_code == 302
    assert told(Conversation.objects.get(kind="sitter", sitter=sam)) == []
    assert signed_in(cleo).post(
        "/messages/new/", {"sitter": sam.pk, "body": "Hi."}
    ).status_code == (422)


def test_when_the_option_is_switched_off_old_ones_are_read_but_not_written(
    signed_in: SignIn, mona: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    let_sitters_write()
    conversation = begin(sam, client=cleos_home, sitter=sam)
    let_sitters_write(on=False)
    for user in (sam, cleo):
        browser = signed_in(user)
        page = read(browser.get(conversation.get_absolute_url()))
        assert (len(said(page)), page.all("form", data_reply="")) == (1, [])
        url = conversation.get_absolute_url()
        assert browser.post(url, {"body": "More."}).status_code == 403
        with pytest.raises(PermissionDenied):
            answer(conversation, user)
    answer(conversation, mona)


def test_a_blocked_sitter_loses_the_conversation_at_once(
    signed_in: SignIn, ada: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    let_sitters_write()
    conversation = begin(sam, client=cleos_home, sitter=sam)
    update_client(cleos_home, values={"blocked_sitters": [sam]}, by=ada)
    answer(conversation, cleo, "Secret.")
    assert "Sam" not in told(conversation)
    url = conversation.get_absolute_url()
    assert [signed_in(sam).get(each).status_code for each in (url, f"{url}news/")] == [404, 404]


def test_a_message_to_a_client_one_may_not_see_is_not_found(
    signed_in: SignIn, sam: User, cleo: User, carls_home: Client, cleos_home: Client
) -> None:
    let_sitters_write()
    for user in (sam, cleo):
        sent = {"client": carls_home.pk, "body": "Hello."}
        assert signed_in(user).post("/messages/new/", sent).status_code == 404
    assert not Conversation.objects.exists()


def test_a_client_writes_to_sitters_of_the_home_by_the_name_they_go_by(
    signed_in: SignIn, cleo: User, sam: User, stan: User, cleos_home: Client
) -> None:
    let_sitters_write()
    page = read(signed_in(cleo).get("/messages/new/"))
    options = page.one("select", name="sitter").all("option")
    assert [option.text for option in options] == ["The office", "Sam"]
    sent = fill_in(signed_in(cleo), "/messages/new/", sitter=str(sam.pk), body="See you.")
    assert sent.status_code == 302
    assert Conversation.objects.get().kind == "home"
    wrong = signed_in(cleo).post("/messages/new/", {"sitter": stan.pk, "body": "Who?"})
    assert wrong.status_code == 422


def test_a_client_with_two_homes_says_which_one(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    second = make_client(first_name="Cleo", last_name="Carter", street="2 Lake", logins=[cleo])
    browser = signed_in(cleo)
    page = read(browser.get("/messages/new/"))
    options = [option.text for option in page.one("select", name="client").all("option")]
    assert options == ["Choose", "12 Maple Street", "2 Lake"]
    set_access(Access.HIDE, [(CLIENT, "street")])
    assert "Maple" not in browser.get("/messages/new/").content.decode()
    refused = browser.post("/messages/new/", {"body": "Hello."})
    assert "Choose the home it is about." in refused.content.decode()
    browser.post("/messages/new/", {"body": "Hello.", "client": second.pk})
    assert Conversation.objects.get().client == second


def test_clients_read_office_for_the_office_unless_the_company_shows_names(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    browser = signed_in(cleo)
    assert said(read(browser.get(conversation.get_absolute_url()))) == ["Office: Hello."]
    assert "Mona" not in browser.get("/messages/").content.decode()
    let_sitters_write()
    SiteOptions.objects.update(has_staff_names_for_clients=True)
    assert said(read(browser.get(conversation.get_absolute_url()))) == ["Mona Manager: Hello."]


def test_a_sitter_at_home_here_reads_as_a_client_what_is_about_the_own_home(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    own = make_client(first_name="Sam", last_name="Sitter", logins=[sam])
    about_own = begin(mona, client=own)
    with_office = begin(mona, sitter=sam)
    other = begin(mona, client=cleos_home)
    assert set(Conversation.objects.visible_to(sam)) == {about_own, with_office}
    assert other not in Conversation.objects.visible_to(sam)
    page = read(signed_in(sam).get(about_own.get_absolute_url()))
    assert said(page) == ["Office: Hello."]


def test_nobody_who_has_left_sees_anything(mona: User, sam: User) -> None:
    conversation = begin(mona, sitter=sam)
    sam.is_active = False
    mona.is_active = False
    assert not Conversation.objects.visible_to(sam).filter(pk=conversation.pk).exists()
    assert not Conversation.objects.visible_to(mona).exists()


def test_colleagues_are_not_told_of_what_the_office_writes(
    ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    more = make_user(Role.CLIENT, "Chris Carter")
    cleos_home.logins.add(more)
    conversation = begin(mona, client=cleos_home)
    assert told(conversation) == ["Chris", "Cleo"]
    answer(conversation, cleo)
    assert told(conversation) == ["Ada", "Chris", "Cleo", "Mona"]  # Cleo has not opened it
