"""The name of an address is the name of its view."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import URLPattern, get_resolver, path

from pawfile.accounts.checks import patterns


def misnamed(found: Iterable[tuple[str, URLPattern]]) -> list[str]:
    """Addresses without a name, or with another than their view's. A library's own keep theirs."""
    return [
        f"/{route} is named {pattern.name!r}, its view {pattern.callback.__name__!r}"
        for route, pattern in found
        if pattern.callback.__module__.startswith(("pawfile.", __name__))
        and pattern.name != pattern.callback.__name__
    ]


def test_every_address_is_named_like_its_view() -> None:
    found = list(patterns(get_resolver()))
    assert found
    assert misnamed(found) == []


def test_no_two_addresses_share_a_name() -> None:
    names = [pattern.name for _, pattern in patterns(get_resolver())]
    assert sorted({name for name in names if name and names.count(name) > 1}) == []


def client_list() -> None: ...


def test_a_wrong_or_missing_name_is_found() -> None:
    view: Callable[..., Any] = client_list
    assert misnamed([("", path("", view, name="client_list"))]) == []
    assert len(misnamed([("", path("", view, name="clients")), ("", path("", view))])) == 2
