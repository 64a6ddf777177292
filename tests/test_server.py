"""Starting up: what is refused, and in which words."""

import socket

import pytest
from click.testing import CliRunner
from pytest_django.fixtures import Settings

from pawfile.accounts.models import Role, User
from pawfile.cli import main
from pawfile.options.models import SiteOptions
from pawfile.server import is_port_taken, is_this_machine, refusals
from tests.factories import make_user

STRONG = "kW8v-0Zq3_yT1nB6mX4cJ7hL2pR9sD5fG-aQeUiOxVwYzNbM"


@pytest.fixture(autouse=True)
def strong_key(settings: Settings) -> None:
    settings.SECRET_KEY = STRONG


@pytest.fixture
def demo(db: None) -> SiteOptions:
    options = SiteOptions.load()
    options.is_demo = True
    options.save()
    return options


@pytest.mark.django_db
def test_a_company_of_its_own_starts_anywhere() -> None:
    make_user(Role.ADMINISTRATOR, "Ada", password="long-enough-to-keep")
    assert refusals(host="0.0.0.0", is_production=True) == []


def test_a_demo_company_starts_on_this_machine_alone(demo: SiteOptions) -> None:
    assert refusals(host="127.0.0.1", is_production=False) == []
    assert refusals(host="::1", is_production=False) == []
    (said,) = refusals(host="0.0.0.0", is_production=False)
    assert "everybody knows its passwords" in said
    assert refusals(host="127.0.0.1", is_production=True) == [said]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["short", "changeme" * 6, "django-insecure-" + STRONG, "x" * 60])
def test_a_weak_secret_key_is_refused(settings: Settings, key: str) -> None:
    settings.SECRET_KEY = key
    (said,) = refusals(host="127.0.0.1", is_production=False)
    assert said.startswith("SECRET_KEY")


@pytest.mark.django_db
def test_debug_is_refused(settings: Settings) -> None:
    settings.DEBUG = True
    (said,) = refusals(host="127.0.0.1", is_production=False)
    assert said.startswith("PAWFILE_DEBUG")


@pytest.mark.django_db
def test_a_password_everybody_knows_is_refused() -> None:
    ada = make_user(Role.ADMINISTRATOR, "Ada", password="pawfile-demo")
    assert refusals(host="127.0.0.1", is_production=False) == [
        f"{ada.email} has a password that everybody knows."
    ]
    ada.is_active = False
    ada.save()
    assert refusals(host="127.0.0.1", is_production=False) == []


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("localhost", True), ("127.0.0.9", True), ("[::1]", True), ("0.0.0.0", False), ("x", False)],
)
def test_only_loopback_is_this_machine(host: str, is_own: bool) -> None:
    assert is_this_machine(host) is is_own


def test_a_taken_port_is_noticed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert is_port_taken("127.0.0.1", taken.getsockname()[1])
    assert not is_port_taken("127.0.0.1", 0)


def create_admin(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["createadmin", *arguments], catch_exceptions=False)
    return result.exit_code, result.output


GIVEN = ["--email", "Ada@Example.com", "--name", "Ada", "--password", "maple-and-oak-7"]


@pytest.mark.django_db
def test_createadmin_starts_a_company() -> None:
    assert create_admin(*GIVEN, "--company", "Happy Tails")[0] == 0
    ada = User.objects.get_by_natural_key("ada@example.com")
    assert (ada.role, ada.check_password("maple-and-oak-7")) == (Role.ADMINISTRATOR, True)
    assert SiteOptions.load().company_name == "Happy Tails"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--email", "ada", *GIVEN[2:]], "is not an e-mail address"),
        ([*GIVEN[:3], "  ", *GIVEN[4:]], "Say a name"),
        ([*GIVEN[:4], "--password", "12345678"], "too common"),
    ],
)
def test_createadmin_refuses_in_words(arguments: list[str], said: str) -> None:
    code, output = create_admin(*arguments)
    assert code == 2
    assert said in output
    assert not User.objects.get_queryset().exists()


def test_createadmin_leaves_the_demo_company_alone(demo: SiteOptions) -> None:
    code, output = create_admin(*GIVEN)
    assert code == 1
    assert "This is the demo company" in output
