"""Inviting one person from the profile."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.invites.models import Invite
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.invites.conftest import ADDRESS
from tests.invites.letters import link_of
from tests.profiles.pages import problems, read, sent_by

SignIn = Callable[[User], Browser]


def url(client: Client, query: str = "") -> str:
    return f"/clients/{client.pk}/invite/{query}"


def test_the_profile_offers_the_invite_to_the_office_alone(
    office: Browser, signed_in: SignIn, cleos_home: Client, sam: User, cleo: User
) -> None:
    home = f"/clients/{cleos_home.pk}/"

    def offers(browser: Browser) -> list[str]:
        page = read(browser.get(home))
        links = [link.attrs["href"] for link in page.all("a", href="")]
        loads = [part.attrs["hx-get"] for part in page.all("div", hx_get="")]
        return [each for each in (*links, *loads) if each.startswith(f"{home}invite")]

    assert offers(office) == [f"{home}invite/", f"{home}invites/", f"{home}invites/"]
    assert offers(signed_in(sam)) == offers(signed_in(cleo)) == []


def test_the_address_of_the_profile_is_there_and_the_mail_leads_here(
    office: Browser, park: Client
) -> None:
    page = read(office.get(url(park)))
    assert sent_by(page)["email"] == [ADDRESS]
    answer = office.post(url(park), {"email": ADDRESS, "words": "Hello\r\nPia"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/clients/{park.pk}/")
    assert Invite.objects.get().words == "Hello\nPia"
    assert link_of(Mail.objects.get()).startswith("http://testserver/register/?code=")


def test_a_profile_with_a_login_is_refused_and_another_person_is_offered(
    office: Browser, cleos_home: Client
) -> None:
    """Rule 67."""
    page = read(office.get(url(cleos_home)))
    notice = page.one("div", cls="notice")
    assert "Has a login already: Cleo Carter." in notice.text
    assert notice.one("a").attrs["href"] == url(cleos_home, "?another=1")
    assert page.all("input", name="email") == []
    assert office.post(url(cleos_home), {"email": "new@example.com"}).status_code == 422
    assert Invite.objects.count() == 0
    other = url(cleos_home, "?another=1")
    assert sent_by(read(office.get(other)))["email"] == [""]
    assert office.post(other, {"email": "new@example.com"}).status_code == 302
    assert Invite.objects.get().client == cleos_home


def test_an_inactive_client_is_refused(office: Browser, park: Client) -> None:
    Client._base_manager.filter(pk=park.pk).update(status="Inactive")
    for answer in (office.get(url(park)), office.post(url(park), {"email": ADDRESS})):
        page = read(answer)
        assert "An inactive client is not invited." in page.one("div", cls="notice").text
        assert page.all("input", name="email") == []
    assert Invite.objects.count() == 0


def test_without_an_address_one_is_asked_for(office: Browser, park: Client) -> None:
    Client._base_manager.filter(pk=park.pk).update(email="")
    assert sent_by(read(office.get(url(park))))["email"] == [""]
    answer = office.post(url(park), {"email": "", "words": "Kept"})
    assert (answer.status_code, problems(read(answer))) == (
        422,
        ["E-mail: Say the address the invite goes to."],
    )
    assert sent_by(read(answer))["words"] == ["Kept"]


@pytest.mark.parametrize(
    "email", ["pia", "a@b.example, c@d.example", "a@b.example\nBcc: eve@example.com", "x" * 300]
)
def test_a_wrong_address_is_named_and_kept(office: Browser, park: Client, email: str) -> None:
    answer = office.post(url(park), {"email": email})
    page = read(answer)
    assert answer.status_code == 422
    assert "is no e-mail address; say one like name@example.com." in problems(page)[0]
    assert page.one("input", name="email").attrs["value"].split() == email.split()
    assert Mail.objects.count() == 0


def test_an_address_that_waits_is_offered_to_be_sent_again(
    office: Browser, park: Client, invite: Invite
) -> None:
    for answer in (office.get(url(park)), office.post(url(park), {"email": ADDRESS})):
        notice = read(answer).one("div", cls="notice-info")
        assert "pia@example.com is invited already" in notice.text
        assert notice.one("form").attrs["action"] == f"/invites/{invite.pk}/renew/"
    assert Invite.objects.count() == 1


def test_words_that_are_too_long_are_named(office: Browser, park: Client) -> None:
    answer = office.post(url(park), {"email": ADDRESS, "words": "x" * 2001})
    assert answer.status_code == 422
    assert "at most 2000 characters" in problems(read(answer))[0]


def test_the_page_of_one_client_says_who_signs_in_and_who_is_invited(
    office: Browser, cleos_home: Client
) -> None:
    office.post(url(cleos_home, "?another=1"), {"email": "new@example.com"})
    for headers in ({}, {"HX-Request": "true"}):
        answer = office.get(f"/clients/{cleos_home.pk}/invites/", headers=headers)
        card = read(answer).one("section", id="doors")
        assert [item.text.partition(" ")[0] for item in card.all("li")] == [
            "Cleo",
            "new@example.com",
        ]
        assert "Invited by Mona Manager today" in card.text
        assert (b"<html" in answer.content) is not bool(headers)


def test_who_may_not_see_the_address_of_a_client_is_not_told_it_here(
    office: Browser, park: Client, invite: Invite
) -> None:
    pages = [url(park), f"/clients/{park.pk}/invites/", "/invites/", "/invites/?q=pia@"]
    pages += [f"/invites/new/?client={park.pk}"]
    told = {page: ADDRESS in office.get(page).content.decode() for page in pages}
    assert told == dict.fromkeys(pages, True) | {pages[-1]: False}  # already invited, not why
    FieldRule.objects.create(subject="client", key="email", manager=Access.HIDE)
    assert [page for page in pages if ADDRESS in office.get(page).content.decode()] == []
