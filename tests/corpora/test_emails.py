"""164 e-mail addresses with a verdict."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.test import Client as Browser
from pytest_django import Settings

from pawfile.jobs.models import Job
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


@pytest.mark.django_db
def test_the_reset_page_takes_the_good_ones_and_says_the_others(
    corpora: Path, settings: Settings
) -> None:
    """A good one makes a job, in small letters and without outer blanks; no answer is an error."""
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}
    good = []
    for address, _, _ in _verdicts(corpora):
        answer = Browser().post("/accounts/reset/", {"email": address})
        # The form trims what is around an address before it looks at it.
        is_good = not bad_emails([address.strip()])
        assert answer.status_code == (302 if is_good else 200), address
        good += [address.strip().lower()] if is_good else []
    jobs = Job.objects.filter(task__endswith="send_reset_link").order_by("pk")
    assert [job.arguments["args"][0] for job in jobs] == good
    assert len(good) > 10


@pytest.mark.django_db
def test_the_sign_in_page_looks_at_every_good_one_and_refuses_nobody_by_crashing(
    corpora: Path,
) -> None:
    """One answer for all that could be an address, known or not; another for what is none."""
    for address, _, _ in _verdicts(corpora):
        answer = Browser().post("/accounts/login/", {"login": address, "password": "wrong-wrong"})
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert ("are not correct" in text) == _is_sign_in_address(address.strip()), address
        if not bad_emails([address.strip()]):
            assert "are not correct" in text


def _is_sign_in_address(address: str) -> bool:
    """Django's rule, the wider one: whoever has a login passed ours."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 320 and "\0" not in address
