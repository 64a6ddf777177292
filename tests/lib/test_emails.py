"""Several e-mail addresses in one box (Rule 59)."""

import pytest

from pawfile.lib.emails import MAX_LENGTH, bad_emails, split_emails


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("", []),
        (" ,;\r\n ", []),
        ("a@example.org", ["a@example.org"]),
        ("a@example.org, b@example.org", ["a@example.org", "b@example.org"]),
        ("a@example.org;b@example.org;", ["a@example.org", "b@example.org"]),
        ("a@example.org\r\nb@example.org\rc@example.org", [f"{c}@example.org" for c in "abc"]),
        ("Ann@example.org, bo@example.org, ann@Example.org", ["Ann@example.org", "bo@example.org"]),
        ("abc; a b@example.org", ["abc", "a b@example.org"]),
    ],
)
def test_addresses_are_split_trimmed_and_given_once(text: str, addresses: list[str]) -> None:
    assert split_emails(text) == addresses


def test_bad_addresses_are_named_and_good_ones_are_not() -> None:
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".example.org"
    assert len(long) > MAX_LENGTH
    bad = ["abc", "a@", "a b@example.org", "Ann <ann@example.org>", long, ""]
    good = ["a@example.org", "o'neil+dogs@example.co.uk", "a@bücher.example"]
    assert bad_emails([*bad, *good]) == bad


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org\n",
        '"a\x08b"@example.org',
        "a\x00@example.org",
        "a@exam\u202eple.org",
        "a@exam\u200bple.org",
    ],
)
def test_no_address_carries_control_or_invisible_characters(address: str) -> None:
    assert bad_emails([address]) == [address]
