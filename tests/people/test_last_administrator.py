"""The last active administrator stays one, whoever presses what in which moment."""

from collections.abc import Callable
from typing import Any

import pytest

from pawfile.accounts.models import Role, User
from pawfile.people.actions import LastAdministratorError, change_user, deactivate_user
from tests.at_once import at_once
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[User, User], Any]


def demote(user: User, by: User) -> Any:
    return change_user(user=user, values={"role": Role.MANAGER}, by=by)


def deactivate(user: User, by: User) -> Any:
    return deactivate_user(user=user, by=by)


@pytest.mark.parametrize(("first", "second"), [(demote, demote), (deactivate, demote)])
def test_of_two_who_end_each_other_at_once_one_stays(first: Act, second: Act) -> None:
    for turn in range(3):
        User.objects.get_queryset().update(is_active=False)
        ada, abe = (make_user(Role.ADMINISTRATOR, f"{name} {turn}") for name in ("Ada", "Abe"))
        results = at_once(lambda: first(abe, ada), lambda: second(ada, abe))  # noqa: B023
        assert [type(result) for result in results].count(LastAdministratorError) == 1
        assert User.objects.active().filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("act", [demote, deactivate])
def test_the_only_one_stays(act: Act) -> None:
    ada = make_user(Role.ADMINISTRATOR, "Ada")
    make_user(Role.ADMINISTRATOR, "Gone", is_active=False)
    with pytest.raises(LastAdministratorError):
        act(ada, ada)
    ada.refresh_from_db()
    assert (ada.role, ada.is_active, ada.has_usable_password()) == (
        Role.ADMINISTRATOR, True, True,
    )  # fmt: skip


@pytest.mark.parametrize("act", [demote, deactivate])
def test_one_of_two_may_go(act: Act) -> None:
    ada, abe = (make_user(Role.ADMINISTRATOR, name) for name in ("Ada", "Abe"))
    act(abe, ada)
    assert list(User.objects.active().filter(role=Role.ADMINISTRATOR)) == [ada]
