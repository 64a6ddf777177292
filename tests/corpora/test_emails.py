"""164 e-mail addresses with a verdict."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pawfile.lib.emails import bad_emails, split_emails

pytestmark = pytest.mark.corpora


def _verdicts(corpora: Path) -> list[tuple[str, str, str]]:
    """Address, category and diagnosis; control characters as themselves, not as U+2400 symbols."""
    tree = ET.parse(corpora / "isemail" / "test" / "tests.xml")
    return [
        (
            re.sub("[␀-␟]", lambda symbol: chr(ord(symbol[0]) - 0x2400), _text(test, "address")),
            _text(test, "category"),
            _text(test, "diagnosis"),
        )
        for test in tree.iter("test")
    ]


def _text(test: ET.Element, name: str) -> str:
    return test.findtext(name) or ""


def test_all_66_erroneous_addresses_are_refused(corpora: Path) -> None:
    verdicts = _verdicts(corpora)
    erroneous = [address for address, category, _ in verdicts if category == "ISEMAIL_ERR"]
    assert len(verdicts) == 164
    assert len(erroneous) == 66
    assert bad_emails(erroneous) == erroneous


def test_plain_valid_addresses_are_accepted(corpora: Path) -> None:
    valid = [
        address for address, _, diagnosis in _verdicts(corpora) if diagnosis == "ISEMAIL_VALID"
    ]
    # A bare top-level domain has no mail of clients.
    assert len(valid) > 10
    assert bad_emails(valid) == ["test@io"]


def test_no_accepted_address_can_add_a_mail_header(corpora: Path) -> None:
    addresses = [address for address, _, _ in _verdicts(corpora)]
    accepted = [address for address in addresses if not bad_emails([address])]
    assert accepted
    assert [address for address in accepted if not address.isprintable()] == []
    parts = [part for address in addresses for part in split_emails(address)]
    assert [part for part in parts if "\n" in part or "\r" in part] == []
