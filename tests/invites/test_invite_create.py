"""Inviting the ticked clients: rule 68, and lists made by hand."""

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.invites.models import Invite
from pawfile.invites.tasks import invite_in_batches
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.invites.letters import SITE, code_to
from tests.profiles.pages import Node, problems, read, sent_by, shown_clients

URL = "/invites/new/"


def cards(page: Node) -> dict[str, list[str]]:
    return {
        card.one("h2").text: [item.text for item in card.all("li")]
        for card in page.all("section", aria_labelledby="")
    }


def test_three_ticked_get_one_mail_each_with_a_code_of_its_own(office: Browser) -> None:
    """Rule 68."""
    three = [make_client(email=f"c{number}@example.com") for number in range(3)]
    page = read(office.get(URL, {"client": [each.pk for each in three]}))
    assert list(cards(page)) == ["3 clients get an invite each"]
    answer = office.post(URL, sent_by(page) | {"words": "Welcome"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/invites/")
    assert len({code_to(f"c{number}@example.com") for number in range(3)}) == 3
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        f"c{number}@example.com" for number in range(3)
    ]
    assert all("Welcome" in mail.text for mail in Mail.objects.all())


def test_who_gets_none_is_named_with_the_reason(
    office: Browser, invite: Invite, cleo: User
) -> None:
    given = [
        make_client(last_name="A", email="a@example.com"),
        make_client(last_name="B", email=""),
        make_client(last_name="C", email="not yet"),
        make_client(last_name="D", email="d@example.com", logins=[cleo]),
        make_client(last_name="E", email="e@example.com", status="Inactive"),
        invite.client,
    ]
    page = read(office.get(URL, {"client": [each.pk for each in given if each]}))
    assert cards(page) == {
        "1 client gets an invite": ["A, Cleoa@example.com"],
        "5 clients get none": [
            "B, CleoNo e-mail address.",
            "C, Cleo“not yet” is no e-mail address.",
            "D, CleoHas a login already: Cleo Carter.",
            "E, CleoAn inactive client is not invited.",
            "Park, PiaThis address is invited already.",
        ],
    }


def test_what_was_ticked_twice_or_is_nobody_is_left_out(office: Browser) -> None:
    good = make_client(email="good@example.com")
    strange: list[int | str] = [good.pk, good.pk, "999999", "x", "-1", "9" * 40, "1.5", "٣", ""]
    page = read(office.get(URL, {"client": strange}))
    assert shown_clients(page) == [good.pk]
    assert "1 ticked client is no longer in the book." in page.text
    office.post(URL, {"client": strange, "words": ""})
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("ticked", [[], ["x"]])
def test_nobody_ticked_is_told_where_to_tick(office: Browser, ticked: list[str]) -> None:
    assert "Nobody is ticked" in read(office.get(URL, {"client": ticked})).text
    assert office.post(URL, {"client": ticked}).status_code == 422


def test_more_than_500_are_refused_by_number(office: Browser) -> None:
    answer = office.post(URL, {"client": list(range(1, 502))})
    assert answer.status_code == 422
    assert "501 clients are too many at once" in read(answer).text
    assert "at most 500" in read(answer).text


def test_many_are_invited_by_the_worker_and_nobody_twice(office: Browser, mona: User) -> None:
    Client.objects.bulk_create(
        Client(first_name="A", last_name=f"B{number}", email=f"b{number}@example.com")
        for number in range(51)
    )
    ids = list(Client.objects.values_list("pk", flat=True))
    invite_in_batches.call(ids[:20], "", mona.pk, SITE)  # a worker that stopped in the middle
    answer = office.post(URL, {"client": ids}, follow=True)
    assert "31 invites are on their way." in read(answer).text
    invite_in_batches.call(ids, "", mona.pk, SITE)
    Invite.objects.all().delete()
    answer = office.post(URL, {"client": ids}, follow=True)
    assert "51 invites are being made; they appear here as they are." in read(answer).text
    assert Invite.objects.count() == 51
    assert Mail.objects.count() == 51 * 2


def test_words_that_are_too_long_send_nothing_and_stay(office: Browser) -> None:
    good = make_client(email="good@example.com")
    answer = office.post(URL, {"client": [good.pk], "words": "x" * 2001})
    page = read(answer)
    assert answer.status_code == 422
    assert "at most 2000 characters" in problems(page)[0]
    assert (sent_by(page)["client"], len(sent_by(page)["words"][0])) == ([str(good.pk)], 2001)
    assert Mail.objects.count() == 0


def test_nobody_left_to_invite_sends_nothing(office: Browser, invite: Invite) -> None:
    assert office.post(URL, {"client": [invite.client_id]}).status_code == 422
    assert Mail.objects.count() == 1  # the first one
