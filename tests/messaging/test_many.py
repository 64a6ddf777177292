"""One message to many ticked clients: each in a conversation of its own."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.messaging.actions.broadcasts import BATCH, begin_broadcast, send_batch
from pawfile.messaging.models import Broadcast, Conversation, Message, Unread
from pawfile.messaging.tasks import send_broadcast
from pawfile.profiles.models import Client
from tests.at_once import at_once
from tests.factories import make_client, make_user
from tests.profiles.pages import content, problems, read, sent_by

SignIn = Callable[[User], Browser]
URL = "/messages/to-many/"


def make_homes(count: int) -> list[int]:
    """Homes with a login each, as bare rows."""
    homes = Client.objects.bulk_create(
        Client(first_name="Hugo", last_name=f"Home {n}", sort_name=f"home {n:05}")
        for n in range(count)
    )
    users = User.objects.get_queryset().bulk_create(
        User(email=f"home{n}@example.com", name=f"Hugo {n}", role=Role.CLIENT) for n in range(count)
    )
    through = Client.logins.through
    through.objects.bulk_create(
        through(client_id=home.pk, user_id=user.pk) for home, user in zip(homes, users, strict=True)
    )
    return [home.pk for home in homes]


def test_the_page_says_who_gets_it_and_who_has_no_login(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    alone = make_client(first_name="Lone", last_name="Wolf")
    browser = signed_in(mona)
    asked = f"{URL}?client={cleos_home.pk}&client={carls_home.pk}&client={alone.pk}&client=99999"
    page = read(browser.get(asked))
    text = content(browser.get(asked))
    assert "2 clients get the message each" in text
    assert "1 client gets none" in text
    assert "1 ticked client is no longer in the book." in text
    answer = browser.post(URL, {**sent_by(page), "body": "Snow on Monday."})
    assert answer.headers["Location"] == "/messages/"
    found = Conversation.objects.order_by("client")
    assert [each.client for each in found] == [cleos_home, carls_home]
    assert Message.objects.filter(body="Snow on Monday.", side="office").count() == 2
    assert Unread.objects.count() == 2


def test_a_button_pressed_twice_sends_once(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    browser, body = signed_in(mona), {"body": "Snow on Monday."}
    for ticked in ([cleos_home.pk, carls_home.pk],) * 2 + ([cleos_home.pk],):
        assert browser.post(URL, {**body, "client": ticked}).status_code == 302
    assert Broadcast.objects.count() == 2
    assert Conversation.objects.filter(client=carls_home).count() == 1
    begun_at = timezone.now() - timedelta(minutes=2)
    Broadcast.objects.update(begun_at=begun_at)
    browser.post(URL, {**body, "client": [cleos_home.pk, carls_home.pk]})
    assert Conversation.objects.filter(client=carls_home).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_the_same_moment_send_once() -> None:
    mona, homes = make_user(Role.MANAGER, "Mona"), make_homes(2)
    press = partial(begin_broadcast, clients=homes, subject="", body="Snow.", by=mona)
    first, second = at_once(press, press)
    assert first == second == Broadcast.objects.get()


def test_a_client_sees_nothing_of_the_others(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client, carls_home: Client
) -> None:
    broadcast = begin_broadcast(
        clients=[cleos_home.pk, carls_home.pk], subject="", body="Snow.", by=mona
    )
    send_batch(broadcast.pk)
    browser = signed_in(cleo)
    for url in ("/messages/", Conversation.objects.visible_to(cleo).get().get_absolute_url()):
        text = content(browser.get(url))
        assert "Snow." in text
        assert "Carl" not in text
        assert "to-many" not in text


def test_a_thousand_get_it_by_the_worker_with_a_page_that_says_how_far_it_is(
    signed_in: SignIn, mona: User
) -> None:
    ids, browser = make_homes(1000), signed_in(mona)
    page = read(browser.get(f"{URL}?" + "&".join(f"client={pk}" for pk in ids)))
    answer = browser.post(URL, {**sent_by(page), "subject": "Snow", "body": "Closed on Monday."})
    broadcast = Broadcast.objects.get()
    assert answer.headers["Location"] == broadcast.get_absolute_url()
    assert Conversation.objects.count() == Unread.objects.count() == 1000
    assert Message.objects.values("conversation").distinct().count() == 1000
    assert "1000 clients got the message." in content(browser.get(broadcast.get_absolute_url()))
    send_broadcast.call(broadcast.pk)  # a worker that died is followed by another
    assert Message.objects.count() == 1000


def test_half_way_it_says_so_and_goes_on_where_it_was(signed_in: SignIn, mona: User) -> None:
    ids = make_homes(2 * BATCH)
    broadcast = begin_broadcast(clients=ids, subject="", body="Snow.", by=mona)
    assert send_batch(broadcast.pk) is True
    page = read(signed_in(mona).get(broadcast.get_absolute_url()))
    assert page.one("progress").attrs["value"] == str(BATCH)
    assert page.one("section", id="broadcast").attrs["hx-trigger"] == "every 1s"
    Client.logins.through.objects.filter(client=ids[-1]).delete()
    send_broadcast.call(broadcast.pk)
    broadcast.refresh_from_db()
    assert (broadcast.sent_count, broadcast.left_out) == (2 * BATCH - 1, 1)
    done = signed_in(mona).get(broadcast.get_absolute_url(), headers={"HX-Request": "true"})
    assert "1 client had no login any more" in content(done)


def test_too_many_nobody_and_no_words_are_refused(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    browser = signed_in(mona)
    many = browser.get(f"{URL}?" + "&".join(f"client={pk}" for pk in range(1, 1_950)))
    assert (many.status_code, "at most 1900" in content(many)) == (422, True)
    assert "Nobody is ticked" in content(browser.get(URL))
    empty = browser.post(URL, {"client": cleos_home.pk, "body": " "})
    assert (empty.status_code, problems(read(empty))) == (
        422,
        ["Message: Write a message first."],
    )
    assert not Broadcast.objects.exists()


def test_only_the_office_writes_to_many(sam: User, cleo: User, cleos_home: Client) -> None:
    for user in (sam, cleo):
        with pytest.raises(PermissionDenied):
            begin_broadcast(clients=[cleos_home.pk], subject="", body="Hi", by=user)
