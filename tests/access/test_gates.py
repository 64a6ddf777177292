"""The view gate itself: a view that says nothing stops the server."""

import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory, override_settings
from django.urls import include, path

from pawfile.accounts.access import EVERYBODY, allow, public
from pawfile.accounts.models import Role, User
from tests.profiles.pages import read

HERE = "pawfile_test_addresses"


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@allow(Role.MANAGER, Role.SITTER)
def for_some(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@public
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@pytest.fixture
def addresses() -> Iterator[ModuleType]:
    """A site of two gated views, in place of ours; a test may add more."""
    module = ModuleType(HERE)
    module.urlpatterns = [path("some/", for_some), path("all/", for_all)]  # type: ignore[attr-defined]
    sys.modules[HERE] = module
    with override_settings(ROOT_URLCONF=HERE):
        yield module
    del sys.modules[HERE]


def gate_errors() -> list[str]:
    return [error.msg for error in run_checks() if error.id == "pawfile.E001"]


def test_our_own_views_all_say_who_may_call_them() -> None:
    assert gate_errors() == []


def test_a_view_that_says_nothing_fails_the_check(addresses: ModuleType) -> None:
    assert gate_errors() == []
    addresses.urlpatterns.append(path("silent/", silent))
    assert gate_errors() == ["The view at '/silent/' does not say who may call it."]


def test_a_view_in_an_include_is_found_too(addresses: ModuleType) -> None:
    deeper = [path("inner/", include([path("silent/", silent), path("all/", for_all)]))]
    addresses.urlpatterns.append(path("outer/", include(deeper)))
    assert gate_errors() == ["The view at '/outer/inner/silent/' does not say who may call it."]


def test_roles_that_are_not_named_are_refused(ada: User, mona: User, sam: User, cleo: User) -> None:
    """Nobody is let in for being an administrator: the roles named are the roles let in."""
    request = RequestFactory().get("/some/")
    for person in (mona, sam):
        request.user = person
        assert for_some(request).content == b"seen"
    for person in (ada, cleo):
        request.user = person
        with pytest.raises(PermissionDenied):
            for_some(request)


def test_a_public_view_is_for_nobody_in_particular(addresses: ModuleType, db: None) -> None:
    assert Browser().get("/all/").content == b"seen"


def test_everybody_means_every_role() -> None:
    assert set(EVERYBODY) == set(Role)


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/clients/?q=cleo#top", "/clients/%3Fq%3Dcleo"),
        ("http://testserver", "/"),
        ("https://evil.example/clients/", "/"),
        ("http://testserver.evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver//evil.example/", "/evil.example/"),
        ("", "/"),
    ],
)
def test_what_is_sent_without_a_session_leads_back_to_the_page_it_was_sent_from(
    db: None, referer: str, back: str
) -> None:
    answer = Browser().post("/visits/1/accept/", headers={"Referer": referer})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/accounts/login/?next={back}",
    )


def test_an_address_of_a_button_is_a_page_with_a_way_on(
    signed_in: Callable[[User], Browser], sam: User
) -> None:
    answer = signed_in(sam).get("/visits/1/accept/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    link = read(answer).one("a", cls="button-primary")
    assert (link.attrs["href"], link.text) == ("/", "To the start")
