"""A client login asks for everything that is the staff's."""

from collections.abc import Callable

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.profiles.models import Client, Pet
from tests.access.addresses import ADDRESSES, PEOPLE
from tests.access.home import make_home
from tests.profiles.pages import content

SignIn = Callable[[User], Browser]


def test_a_client_login_gets_nothing_of_the_staff_whatever_it_asks(
    signed_in: SignIn, ada: User, cleo: User, rex: Pet, carls_home: Client
) -> None:
    """Every address that is not a client's, by every method, also of the client's own home."""
    home = make_home(rex.client, rex, by=ada, other=carls_home)
    closed = {
        name: address
        for name, address in ADDRESSES.items()
        if address.statuses[PEOPLE.index("cleo")] == 403
    }
    assert len(closed) > 40
    browser, before = signed_in(cleo), Activity.objects.count()
    people = list(User.objects.get_queryset().order_by("pk").values("role", "is_active", "name"))
    form = {"role": "administrator", "name": "Eve", "client": carls_home.pk, "email": "e@eve.test"}
    for name, address in closed.items():
        url = address.url(name, home)
        answers = [browser.get(url), browser.post(url, form), browser.delete(url)]
        assert {answer.status_code for answer in answers} <= {403, 404, 405}, name
        assert answers[1].status_code == 403, name
        text = "".join(content(answer) for answer in answers)
        assert (ada.email in text, "Stan Stranger" in text) == (False, False), name
    now = User.objects.get_queryset().order_by("pk").values("role", "is_active", "name")
    assert (list(now), Activity.objects.count()) == (people, before)
    assert list(cleo.clients.all()) == [rex.client]
