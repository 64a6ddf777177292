"""The address of the book in mails that no page asked for."""

import pytest

from pawfile.lib.config import site_url


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAWFILE_URL", raising=False)
    monkeypatch.delenv("PORT", raising=False)


@pytest.mark.parametrize(
    ("hosts", "origins", "is_https", "url"),
    [
        (["127.0.0.1", "localhost"], [], False, "http://127.0.0.1:8000/"),
        (["book.example"], [], True, "https://book.example/"),
        (["*", ".example", "book.example"], [], True, "https://book.example/"),
        (["*"], [], False, "http://127.0.0.1:8000/"),
        (["a.example"], ["https://*.example", "https://b.example"], True, "https://b.example/"),
    ],
)
def test_it_follows_from_what_is_said_anyway(
    hosts: list[str], origins: list[str], is_https: bool, url: str
) -> None:
    assert site_url(hosts, origins, is_https=is_https) == url


def test_the_port_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert site_url(["localhost"], [], is_https=False) == "http://localhost:8123/"


def test_what_is_said_outright_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAWFILE_URL", "https://paws.example/book")
    assert site_url(["a.example"], ["https://b.example"], is_https=True) == (
        "https://paws.example/book/"
    )


def test_an_address_without_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAWFILE_URL", "paws.example")
    with pytest.raises(ValueError, match="begins with https://"):
        site_url([], [], is_https=True)
