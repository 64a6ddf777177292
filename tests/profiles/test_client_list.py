from collections.abc import Callable

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client

SignIn = Callable[[User], Browser]


def test_a_sitter_sees_exactly_the_own_clients(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client, carls_home: Client
) -> None:
    assert f'data-client="{cleos_home.pk}"' in signed_in(sam).get("/clients/").content.decode()
    assert "data-client" not in signed_in(stan).get("/clients/").content.decode()
