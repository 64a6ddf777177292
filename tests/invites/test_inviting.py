"""Who can be invited, and what is mailed to whom."""

from typing import Any

import pytest
from pytest_django import Settings

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.invites.actions import (
    AlreadyInvitedError,
    InviteError,
    SpentInviteError,
    UnknownCodeError,
    invite_client,
    invite_clients,
    invite_of_code,
    invite_staff,
    renew_invite,
    revoke_invite,
)
from pawfile.invites.models import Invite, InviteState
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.invites.letters import SITE, code_to, link_of


def invited(client: Client, by: User, email: str = "pia@example.com", **more: bool) -> Invite:
    return invite_client(client=client, email=email, words="", by=by, site=SITE, **more)


def test_a_client_gets_a_mail_with_a_code_that_is_kept_nowhere_else(
    park: Client, mona: User
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"company_name": "Happy <Paws>"})
    made = invite_client(
        client=park, email=" PIA@example.com", words="See you\n<soon>", by=mona, site=SITE
    )
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (
        "pia@example.com",
        "Happy <Paws> invites you to your own page",
    )
    code = code_to("pia@example.com")
    assert link_of(mail) == f"https://book.example/register/?code={code}"
    assert "Hello Pia Park," in mail.text
    assert "See you\n<soon>" in mail.text
    assert "[[link:register]]" in mail.text
    assert "&lt;soon&gt;" in mail.html
    assert 'href="[[link:register]]"' in mail.html
    assert code not in repr([*Invite.objects.values(), *Mail.objects.values("text", "html")])
    assert code not in repr(list(Activity.objects.values()))
    assert (made.name, made.invited_by, made.state) == ("Pia Park", mona, InviteState.OPEN)
    assert invite_of_code(code) == made


def test_an_invite_lasts_as_long_as_the_company_says(park: Client, mona: User) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"invite_days": 3})
    made = invited(park, mona)
    assert (made.expires_at - made.invited_at).days == 3


def test_a_client_with_a_login_is_refused_and_another_person_is_not(
    park: Client, mona: User, cleo: User
) -> None:
    park.logins.add(cleo)
    with pytest.raises(InviteError, match="Has a login already: Cleo Carter"):
        invited(park, mona)
    assert invited(park, mona, "sven@example.com", is_another=True).name == ""
    with pytest.raises(InviteError, match="Cleo Carter signs in with this address already"):
        invited(park, mona, cleo.email, is_another=True)


def test_an_inactive_client_is_refused(park: Client, mona: User) -> None:
    Client._base_manager.filter(pk=park.pk).update(status="Inactive")
    with pytest.raises(InviteError, match="An inactive client is not invited"):
        invited(park, mona)


@pytest.mark.parametrize(
    "email",
    ["", "pia", "pia@", "pia@example.com\nBcc: eve@example.com", "a@b.example, c@d.example"],
)
def test_what_is_no_address_gets_no_mail(park: Client, mona: User, email: str) -> None:
    with pytest.raises(InviteError):
        invited(park, mona, email)
    assert (Mail.objects.count(), Invite.objects.count()) == (0, 0)


def test_an_address_that_waits_is_not_invited_twice(park: Client, mona: User) -> None:
    first = invited(park, mona)
    with pytest.raises(AlreadyInvitedError) as caught:
        invited(park, mona, "PIA@example.com")
    assert caught.value.invite == first
    assert Mail.objects.count() == 1


def test_an_expired_invite_is_renewed_by_inviting_again(park: Client, mona: User) -> None:
    first = invited(park, mona)
    old = code_to("pia@example.com")
    Invite.objects.update(expires_at=first.invited_at)
    again = invited(park, mona)
    assert (again.pk, again.state, Invite.objects.count()) == (first.pk, InviteState.OPEN, 1)
    with pytest.raises(UnknownCodeError):
        invite_of_code(old)
    assert invite_of_code(code_to("pia@example.com")) == first


def test_sending_again_makes_a_new_code_and_cuts_the_old_one(
    park: Client, mona: User, ada: User
) -> None:
    first = invited(park, mona)
    old = code_to("pia@example.com")
    renewed = renew_invite(invite=first, by=ada, site=SITE)
    new = code_to("pia@example.com")
    assert (renewed.pk, renewed.invited_by, new != old) == (first.pk, ada, True)
    assert invite_of_code(new) == first
    with pytest.raises(UnknownCodeError):
        invite_of_code(old)


def test_what_is_used_or_revoked_is_neither_sent_again_nor_revoked(
    park: Client, mona: User
) -> None:
    first = invited(park, mona)
    assert revoke_invite(invite=first, by=mona).state == InviteState.REVOKED
    with pytest.raises(SpentInviteError):
        revoke_invite(invite=first, by=mona)
    with pytest.raises(SpentInviteError):
        renew_invite(invite=first, by=mona, site=SITE)
    assert Mail.objects.count() == 1


def test_three_ticked_clients_get_one_mail_each_with_a_code_of_its_own(mona: User) -> None:
    """Rule 68."""
    three = [make_client(email=f"c{number}@example.com") for number in range(3)]
    made = invite_clients(clients=three, words="Hello", by=mona, site=SITE)
    assert {each.client for each in made} == set(three)
    codes = {each.email: code_to(each.email) for each in made}
    assert sorted(codes) == ["c0@example.com", "c1@example.com", "c2@example.com"]
    assert len(set(codes.values())) == 3
    assert {invite_of_code(codes[each.email]) for each in made} == set(made)


def test_of_many_only_those_who_can_be_are_invited(mona: User, cleo: User) -> None:
    good = make_client(email="good@example.com")
    expired = make_client(email="late@example.com")
    late = invited(expired, mona, "late@example.com")
    Invite.objects.update(expires_at=late.invited_at)
    others = [
        make_client(email=""),
        make_client(email="no address"),
        make_client(email="in@example.com", logins=[cleo]),
        make_client(email="gone@example.com", status="Inactive"),
        make_client(email="waits@example.com"),
    ]
    invited(others[-1], mona, "waits@example.com")
    made = invite_clients(clients=[*others, good, good, expired], words="", by=mona, site=SITE)
    assert {each.client for each in made} == {good, expired}
    assert Mail.objects.filter(to="good@example.com").count() == 1


def test_many_invites_cost_a_few_statements_each(
    mona: User, settings: Settings, django_assert_max_num_queries: Any
) -> None:
    """Clients are asked for all at once; each has a mail, its place in the queue, and an entry."""
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}
    many = [make_client(email=f"c{number}@example.com") for number in range(20)]
    with django_assert_max_num_queries(20 + 9 * 20):
        made = invite_clients(clients=many, words="", by=mona, site=SITE)
    assert len(made) == 20


def test_a_new_member_of_the_staff_is_invited_once(ada: User) -> None:
    def nora(email: str) -> Invite:
        return invite_staff(
            email=email, name="Nora New", role=Role.SITTER, words="", by=ada, site=SITE
        )

    made = nora("Nora@Example.com")
    assert (made.client, made.role, made.email) == (None, Role.SITTER, "nora@example.com")
    mail = Mail.objects.get()
    assert "Ada Admin invites you to the client book of Pawfile as sitter." in mail.text
    with pytest.raises(AlreadyInvitedError):
        nora("nora@example.com")
    with pytest.raises(InviteError, match="has a login already"):
        nora(make_user(Role.CLIENT, "Carl").email)


def test_the_office_sees_invites_of_clients_and_administrators_those_of_staff_too(
    park: Client, ada: User, mona: User, sam: User, cleo: User
) -> None:
    client = invited(park, mona)
    staff = invite_staff(
        email="n@example.com", name="N", role=Role.MANAGER, words="", by=ada, site=SITE
    )
    seen = {who: set(Invite.objects.visible_to(who)) for who in (ada, mona, sam, cleo)}
    assert seen == {ada: {client, staff}, mona: {client}, sam: set(), cleo: set()}


def test_every_invite_stands_in_the_activity_log(park: Client, mona: User) -> None:
    first = invited(park, mona)
    renew_invite(invite=first, by=mona, site=SITE)
    revoke_invite(invite=first, by=mona)
    log = Activity.objects.order_by("pk").values_list(
        "kind", "about", "old_text", "new_text", "note"
    )
    assert list(log) == [
        ("invite", "Invite for Pia Park", "", "pia@example.com", ""),
        ("invite", "Invite for Pia Park", "", "pia@example.com", "Sent again with a new code"),
        ("invite", "Invite for Pia Park", "pia@example.com", "", "Revoked"),
    ]
