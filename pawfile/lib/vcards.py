"""Contacts of vCard files as a table. Only the limited child process calls this."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pawfile.lib.charsets import encoding_of
from pawfile.lib.sheets import SheetError

PLACES = {"CELL": "Cell phone", "HOME": "Home phone", "WORK": "Work phone", "FAX": "Fax",
          "PAGER": "Pager", "IPHONE": "Cell phone"}  # fmt: skip
ADDRESS = {"extended": "Street 2", "street": "Street", "city": "City", "region": "State",
           "code": "Zip", "country": "Country", "box": "PO box"}  # fmt: skip
PLAIN = {"uid": "UID", "note": "Notes", "categories": "Labels", "bday": "Birthday",
         "nickname": "Nickname", "title": "Job title", "url": "Website"}  # fmt: skip
FIRST = ["UID", "First name", "Last name", "Cell phone", "Home phone", "Work phone", "E-mail",
         "Other e-mails", "Street", "Street 2", "City", "State", "Zip"]  # fmt: skip
#: What is no text, or says again what another property says.
_LEFT = frozenset({"version", "n", "fn", "tel", "email", "adr", "photo", "logo", "sound", "key",
                   "rev", "prodid", "x-ablabel", "label"})  # fmt: skip


def contact_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Headings as row 0, then one row a contact, numbered from 1."""
    import vobject

    logging.getLogger("vobject").setLevel(logging.CRITICAL)
    text = path.read_bytes().decode(encoding_of(path), "replace")
    try:
        cards = vobject.readComponents(text, allowQP=True, ignoreUnreadable=True)
        contacts = [_contact(card) for card in cards if card.name == "VCARD"]
    except (vobject.base.VObjectError, ValueError, LookupError, AttributeError) as problem:
        raise SheetError(
            _("These contacts are damaged. Export them as vCard or CSV again.")
        ) from problem
    if not contacts:
        raise SheetError(_("There are no contacts in this file."))
    headings = list(dict.fromkeys([*FIRST, *(key for each in contacts for key in each)]))
    headings = [each for each in headings if any(each in contact for contact in contacts)]
    yield 0, headings
    for number, contact in enumerate(contacts, start=1):
        yield number, [contact.get(heading, "") for heading in headings]


def _contact(card: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    _names(card, found)
    for phone in card.contents.get("tel", []):
        kinds = {str(each).upper() for each in phone.params.get("TYPE", [])}
        kinds |= {name.upper() for name in phone.params}  # vCard 2.1: TEL;HOME:…
        name = next((PLACES[kind] for kind in PLACES if kind in kinds), "Cell phone")
        _add(found, name if name not in found else "Other phones", _flat(phone.value))
    for email in card.contents.get("email", []):
        _add(found, "E-mail" if "E-mail" not in found else "Other e-mails", _flat(email.value))
    for place, address in enumerate(card.contents.get("adr", [])):
        for part, heading in ADDRESS.items():
            value = getattr(address.value, part, "")
            _add(found, heading if place == 0 else f"Other {heading.lower()}", _flat(value))
    for name, lines in card.contents.items():
        if name in _LEFT:
            continue
        for line in lines:
            _add(found, PLAIN.get(name, name.upper()), _flat(line.value))
    return found


def _names(card: Any, found: dict[str, str]) -> None:
    full = _flat(card.contents["fn"][0].value) if "fn" in card.contents else ""
    if "n" in card.contents and not isinstance(card.contents["n"][0].value, str):
        name = card.contents["n"][0].value
        given, family = _flat(name.given), _flat(name.family)
        _add(found, "First name", given)
        _add(found, "Last name", family)
        _add(found, "Middle name", _flat(name.additional))
        if given or family:
            return
    _add(found, "Name", full)


def _flat(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_flat, value)))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value).strip()


def _add(found: dict[str, str], heading: str, text: str) -> None:
    if text:
        found[heading] = f"{found[heading]}\n{text}" if heading in found else text
