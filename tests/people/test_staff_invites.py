"""Inviting people who are to work here."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.invites.models import Invite, InviteState
from pawfile.mail.models import Mail
from tests.invites.letters import code_to
from tests.profiles.pages import fill_in, problems, read

SignIn = Callable[[User], Browser]
URL = "/users/invite/"
NADIA = {"name": "Nadia New", "email": "Nadia@example.com", "role": "sitter", "words": "Welcome."}


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def test_an_invite_is_made_and_mailed_with_the_own_words(adas: Browser, ada: User) -> None:
    assert fill_in(adas, URL, **NADIA).headers["Location"] == "/users/"
    invite, mail = Invite.objects.get(), Mail.objects.get()
    assert (invite.email, invite.name, invite.role, invite.invited_by) == (
        "nadia@example.com", "Nadia New", Role.SITTER, ada,
    )  # fmt: skip
    assert (mail.to, "Welcome." in mail.text) == ("nadia@example.com", True)
    assert not User.objects.filter(email="nadia@example.com").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Name: This field is required."),
        ({"email": "nadia"}, "E-mail: Write one e-mail address, like ann@example.com."),
        (
            {"email": "a@example.com\r\nBcc: b@example.com"},
            "E-mail: Write one e-mail address, like ann@example.com.",
        ),
        (
            {"role": "client"},
            "Role: Select a valid choice. client is not one of the available choices.",
        ),
    ],
)
def test_wrong_answers_are_named(adas: Browser, wrong: dict[str, str], said: str) -> None:
    answer = fill_in(adas, URL, **(NADIA | wrong))
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, [said])
    assert page.one("textarea", name="words").text == "Welcome."
    assert (Invite.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_name_brings_no_line_into_the_mail(adas: Browser) -> None:
    fill_in(adas, URL, **(NADIA | {"name": "Nadia\r\nBcc: eve@example.com"}))
    assert Invite.objects.get().name == "Nadia Bcc: eve@example.com"
    assert "\n" not in Mail.objects.get().subject


def test_who_has_a_login_or_an_invite_is_not_invited_again(adas: Browser, sam: User) -> None:
    said = [problems(read(fill_in(adas, URL, **(NADIA | {"email": sam.email}))))]
    fill_in(adas, URL, **NADIA)
    said.append(problems(read(fill_in(adas, URL, **NADIA))))
    assert said == [
        ["E-mail: This address has a login already."],
        ["E-mail: This address is invited already."],
    ]
    assert Invite.objects.count() == 1


def test_it_is_sent_again_with_a_new_code(adas: Browser) -> None:
    fill_in(adas, URL, **NADIA)
    invite, first = Invite.objects.get(), code_to("nadia@example.com")
    assert (
        adas.post(f"/invites/{invite.pk}/renew/", {"users": "1"}).headers["Location"] == "/users/"
    )
    assert (Mail.objects.count(), code_to("nadia@example.com") != first) == (2, True)


def test_it_is_revoked_and_then_cannot_be_sent_again(adas: Browser) -> None:
    fill_in(adas, URL, **NADIA)
    invite = Invite.objects.get()
    adas.post(f"/invites/{invite.pk}/revoke/")
    invite.refresh_from_db()
    assert invite.state == InviteState.REVOKED
    answer = adas.post(f"/invites/{invite.pk}/renew/", follow=True)
    assert "This invite was used or revoked meanwhile." in answer.content.decode()
    assert Mail.objects.count() == 1


def test_managers_invite_no_staff(signed_in: SignIn, mona: User) -> None:
    assert signed_in(mona).post(URL, NADIA).status_code == 403
    assert Invite.objects.count() == 0
