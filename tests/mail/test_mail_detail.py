"""One mail of the log: its text without what only its reader may know, and its fate."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.mail.models import Mail, MailState
from pawfile.options.models import SiteOptions
from tests.mail.letters import LINK, make_mail, make_old_mail
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]


def set_demo() -> None:
    options = SiteOptions.load()
    options.is_demo = True
    options.save()


@pytest.mark.parametrize("who", ["ada", "mona"])
def test_personal_links_are_not_shown(
    signed_in: SignIn, who: str, request: pytest.FixtureRequest
) -> None:
    mail = make_mail(by=request.getfixturevalue(who))
    page = content(signed_in(request.getfixturevalue(who)).get(f"/email-log/{mail.pk}/"))
    assert "(personal link)" in page
    assert "somebody, probably you, asked for a new password" in page
    assert "abc" not in page


def test_in_the_demo_company_administrators_can_open_them(
    signed_in: SignIn, ada: User, mona: User
) -> None:
    set_demo()
    mail = make_mail()
    (link,) = read(signed_in(ada).get(f"/email-log/{mail.pk}/")).all("a", href=LINK)
    assert link.text == LINK
    assert LINK not in content(signed_in(mona).get(f"/email-log/{mail.pk}/"))


def test_a_code_is_shown_but_is_no_link(signed_in: SignIn, ada: User) -> None:
    set_demo()
    mail = make_mail()
    code = make_old_mail()
    code.links, code.text = mail.links, "[[link:password_reset_url]] [[link:other]]"
    code.save()
    page = read(signed_in(ada).get(f"/email-log/{code.pk}/"))
    assert page.one("div", cls="mail-text").text.strip() == f"{LINK} (personal link)"


def test_what_went_wrong_is_said(signed_in: SignIn, mona: User) -> None:
    mail = make_old_mail()
    Mail.objects.update(error="550 <No> such user", attempts=3, claimed_at=timezone.now())
    page = read(signed_in(mona).get(f"/email-log/{mail.pk}/"))
    facts = {fact.one("dt").text: fact.one("dd").text for fact in page.all("div", cls="fact")}
    assert page.one("div", cls="notice").text.strip() == "550 <No> such user"
    assert (facts["Tries"], facts["Because of"]) == ("3", "Pawfile")


def test_hostile_text_is_only_text(signed_in: SignIn, mona: User) -> None:
    mail = make_old_mail()
    Mail.objects.update(subject="<script>x", text="<script>y [[link:<b>]]", to="<i>@x.example")
    page = content(signed_in(mona).get(f"/email-log/{mail.pk}/"))
    assert "<script>x" not in page
    assert "<script>y" not in page
    assert "&lt;script&gt;y [[link:&lt;b&gt;]]" in page


def test_a_mail_that_is_not_there_is_404(signed_in: SignIn, mona: User) -> None:
    assert signed_in(mona).get("/email-log/99999/").status_code == 404


@pytest.mark.parametrize("state", MailState.values)
def test_what_is_over_can_be_sent_again(signed_in: SignIn, mona: User, state: str) -> None:
    mail = make_old_mail(state=MailState(state))
    page = content(signed_in(mona).get(f"/email-log/{mail.pk}/"))
    assert ("Send again" in page) is (state in {"sent", "failed"})
