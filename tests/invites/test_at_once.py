"""The same in the same moment, on both databases: exactly one wins."""

from functools import partial

import pytest

from pawfile.accounts.models import Role
from pawfile.invites.actions import (
    AlreadyInvitedError,
    CodeError,
    UsedCodeError,
    invite_client,
    invite_clients,
    invite_of_code,
    invite_staff,
    redeem_invite,
    renew_invite,
)
from pawfile.invites.models import Invite, InviteState
from pawfile.mail.models import Mail
from tests.at_once import at_once
from tests.factories import make_client, make_user
from tests.invites.letters import SITE, code_to

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "pia@example.com"


def test_of_four_who_redeem_one_code_at_once_exactly_one_wins() -> None:
    mona = make_user(Role.MANAGER, "Mona")
    people = [make_user(Role.CLIENT, name) for name in ("Cleo", "Carl", "Cora", "Cyd")]
    for _round in range(3):
        home = make_client(email=ADDRESS)
        invite_client(client=home, email=ADDRESS, words="", by=mona, site=SITE)
        code = code_to(ADDRESS)
        read = [(invite_of_code(code), person) for person in people]
        results = at_once(
            *[lambda i=i, p=p: redeem_invite(invite=i, user=p).used_by for i, p in read]
        )
        won = [result for result in results if result in people]
        assert [type(result) for result in results].count(UsedCodeError) == 3
        assert list(home.logins.all()) == won
        assert Invite.objects.get(client=home).used_by == won[0]


def test_a_code_redeemed_and_renewed_at_once_does_one_of_both() -> None:
    mona, cleo = make_user(Role.MANAGER, "Mona"), make_user(Role.CLIENT, "Cleo")
    for _round in range(3):
        home = make_client(email=ADDRESS)
        made = invite_client(client=home, email=ADDRESS, words="", by=mona, site=SITE)
        read = invite_of_code(code_to(ADDRESS))
        redeemed, renewed = at_once(
            partial(redeem_invite, invite=read, user=cleo),
            partial(renew_invite, invite=made, by=mona, site=SITE),
        )
        assert isinstance(redeemed, Exception) != isinstance(renewed, Exception)
        is_used = Invite.objects.get(pk=made.pk).state == InviteState.USED
        assert (list(home.logins.all()) == [cleo]) is is_used is not isinstance(redeemed, CodeError)


def test_one_address_invited_at_once_gets_one_mail() -> None:
    by = [make_user(Role.MANAGER, name) for name in ("Mona", "Milo")]
    home = make_client(email=ADDRESS)
    results = at_once(
        *[
            lambda b=b: invite_client(client=home, email=ADDRESS, words="", by=b, site=SITE)
            for b in by
        ],
        lambda: invite_clients(clients=[home], words="", by=by[0], site=SITE),
    )
    made = [each for each in results if each and not isinstance(each, Exception)]
    assert len(made) == 1
    assert [type(each) for each in results if each and each not in made] in (
        [AlreadyInvitedError],
        [AlreadyInvitedError] * 2,
    )
    assert (Invite.objects.count(), Mail.objects.count()) == (1, 1)


def test_one_new_member_of_the_staff_invited_at_once_gets_one_mail() -> None:
    ada = make_user(Role.ADMINISTRATOR, "Ada")
    results = at_once(
        *[
            lambda: invite_staff(
                email=ADDRESS, name="N", role=Role.SITTER, words="", by=ada, site=SITE
            )
        ]
        * 3
    )
    assert sorted(type(each).__name__ for each in results) == [
        "AlreadyInvitedError",
        "AlreadyInvitedError",
        "Invite",
    ]
    assert Mail.objects.count() == 1
