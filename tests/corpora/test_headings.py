"""Documented headings of programs, most of them without a preset, and what they are taken for.

A heading is right if it fills its field, missed if it fills nothing though it has one, wrong if it
fills another or should fill none. What only a reader of the cells could tell is not judged.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pawfile.imports.layout import Layout
from pawfile.imports.mapping import lay_out
from pawfile.imports.surroundings import surroundings
from pawfile.imports.targets import targets

pytestmark = [pytest.mark.corpora, pytest.mark.django_db]

NAMES = {"First Name": "client.first_name", "Last Name": "client.last_name"}
PLACE = {"City": "client.city", "State": "client.state", "Zip": "client.zip_code"}
GOOGLE = {
    "Notes": "client.sitter_notes",
    "E-mail 1 - Value": "client.labelled_email",
    "E-mail 2 - Value": "client.labelled_email",
    "Phone 1 - Value": "client.labelled_phone",
    "Phone 2 - Value": "client.labelled_phone",
    "Address 1 - Street": "client.street",
    "Address 1 - Extended Address": "client.street2",
    "Address 1 - City": "client.city",
    "Address 1 - Region": "client.state",
    "Address 1 - Postal Code": "client.zip_code",
}
OUTLOOK = NAMES | {
    "E-mail Address": "client.email",
    "E-mail 2 Address": "client.alternate_emails",
    "E-mail 3 Address": "client.alternate_emails",
    "Home Phone": "client.home_phone",
    "Mobile Phone": "client.cell_phone",
    "Business Phone": "client.work_phone",
    "Home Street": "client.street",
    "Home City": "client.city",
    "Home State": "client.state",
    "Home Postal Code": "client.zip_code",
    "Notes": "client.sitter_notes",
}
#: List → heading → its field. A heading that is not named has none.
RIGHT: dict[str, dict[str, str]] = {
    "barkpass_import": {
        "email": "client.email",
        "name": "client.full_name",
        "address_1": "client.street",
        "address_2": "client.street2",
        "city": "client.city",
        "state": "client.state",
        "zip": "client.zip_code",
        "phone": "client.cell_phone",
        "secondary_email": "client.partner_email",
        "secondary_phone": "client.partner_phone",
        "pet_name": "pet.name",
        "pet_type": "pet.animal",
        "pet_breed_1": "pet.breed",
        "pet_breed_2": "pet.breed",
        "pet_color": "pet.color_markings",
        "pet_sex": "pet.sex_and_fixed",
        "pet_altered": "pet.spayed_neutered",
        "pet_weight": "pet.weight",
        "pet_birthday": "pet.born",
    },
    "rescuegroups_animals": {
        "name": "pet.name",
        "type": "pet.animal",
        "priBreed": "pet.breed",
        "sex": "pet.sex",
        "age": "pet.born",
        "altered": "pet.spayed_neutered",
        "color": "pet.color_markings",
    },
    "rescuegroups_contacts": {
        "Firstname": "client.first_name",
        "Lastname": "client.last_name",
        "Street": "client.street",
        "City": "client.city",
        "State": "client.state",
        "Zip/Postal Code": "client.zip_code",
        "Email Address": "client.email",
        "Alternate Email Address": "client.alternate_emails",
        "Home": "client.home_phone",
        "Cell": "client.cell_phone",
        "Work": "client.work_phone",
    },
    "google_contacts_2024": NAMES | GOOGLE,
    "google_contacts_classic": {
        "Given Name": "client.first_name",
        "Family Name": "client.last_name",
        **GOOGLE,
    },
    "outlook_classic": OUTLOOK | {"Home Street 2": "client.street2"},
    "outlook_live": OUTLOOK,
    "hubspot_contacts": {
        **NAMES,
        "Email": "client.email",
        "Phone Number": "client.cell_phone",
        "City": "client.city",
        "State/Region": "client.state",
        "Postal Code": "client.zip_code",
    },
    "salesforce_contacts": {
        **NAMES,
        "Email": "client.email",
        "Phone": "client.cell_phone",
        "Mailing City": "client.city",
        "Mailing State/Province": "client.state",
        "Mailing Zip/Postal Code": "client.zip_code",
    },
    "pipedrive_people": {
        "Person - Name": "client.full_name",
        "Person - Email": "client.email",
        "Person - Phone": "client.cell_phone",
    },
    "jobber_clients": {
        **NAMES,
        **PLACE,
        "Email": "client.email",
        "Phone Number": "client.cell_phone",
    },
    "quickbooks_iif_cust": {"NAME": "client.full_name", "PHONE1": "client.cell_phone"},
}
#: Fields that are as right: several addresses in a cell are more than one.
AS_GOOD = {"client.email": "client.emails"}
#: Two could be right, or none: not judged.
OPEN: dict[str, set[str]] = {
    "barkpass_import": {"secondary_name", "custom_pet_*", "custom_user_*"},
    "rescuegroups_animals": {
        *("externalID", "internalID", "rescueID", "dsc", "specialNeeds", "housebroken", "secBreed"),
        *("okwithdogs", "okwithcats", "okwithkids"),
    },
    "rescuegroups_contacts": {"Comment", "Active", "Groups"},
    "outlook_classic": {"Primary Phone", "Referred By", "Spouse", "Home Address"},
    "outlook_live": {"Primary Phone", "Spouse"},
    "hubspot_contacts": {"Record ID", "Create Date"},
    "pipedrive_people": {"Person - ID"},
    "jobber_clients": {"Client Name"},
    "quickbooks_iif_cust": {
        *("REFNUM", "BADDR1", "BADDR2", "BADDR3", "BADDR4", "BADDR5", "SADDR1", "SADDR2", "SADDR3"),
        *("SADDR4", "SADDR5", "PHONE2", "CONT1", "CONT2", "NOTEPAD"),
    },
}


def verdict(name: str, heading: str, found: list[str]) -> str:
    right = RIGHT[name].get(heading)
    if heading in OPEN.get(name, ()):
        return "open"
    if right is None:
        return "wrong" if found else "rightly none"
    if not found:
        return "missed"
    return "right" if found in ([right], [AS_GOOD.get(right)]) else "wrong"


def judged(name: str, layout: Layout) -> dict[str, list[str]]:
    """Verdict → headings, with what they fill."""
    verdicts: dict[str, list[str]] = {}
    for proposal in layout.proposals:
        found = proposal.targets if proposal.is_used else []
        said = f"{proposal.heading} → {', '.join(found) or 'nothing'}"
        verdicts.setdefault(verdict(name, proposal.heading, found), []).append(said)
    return verdicts


def test_of_documented_headings_nothing_is_taken_for_what_it_is_not(
    corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpora / "vendor-headers-docs" / "headers.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lists = {
        name: about["columns"]
        for name, about in known.items()
        if isinstance(about, dict) and isinstance(about.get("columns"), list)
    }
    assert set(lists) == set(RIGHT)
    columns, total, wrong, lines = targets(surroundings()), Counter[str](), [], []
    for name, headings in lists.items():
        assert set(RIGHT[name]) | OPEN.get(name, set()) <= set(headings), name
        layout = lay_out(headings, columns)
        verdicts = judged(name, layout)
        total.update({key: len(said) for key, said in verdicts.items()})
        wrong += verdicts.get("wrong", [])
        lines.append(line_of(name, verdicts, layout.preset))
        lines += [f"    missed: {each}" for each in verdicts.get("missed", ())]
    lines.append(line_of("all", {key: [""] * count for key, count in total.items()}, ""))
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert wrong == []
    assert total["right"] >= 0.95 * (total["right"] + total["missed"])


def line_of(name: str, verdicts: dict[str, list[str]], preset: str) -> str:
    keys = ("right", "missed", "wrong", "rightly none", "open")
    counts = "".join(f"  {key} {len(verdicts.get(key, ())):3}" for key in keys)
    return f"{name:26}{counts}  {preset}".rstrip()
