"""Targets that are no field of their own: a cell that is taken apart into several fields.

Chosen like fields: by the aliases here, by a preset, or by a person on the mapping page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pawfile.imports import splitting
from pawfile.imports.splitting import Parts
from pawfile.imports.understand import yes_or_no


@dataclass(frozen=True, slots=True)
class Composite:
    """``parts`` are the fields it fills, ``split`` makes their texts of the cell's.

    ``is_labelled``: the column beside it, "… - Label", says what kind the value is; ``split`` takes
    both.
    """

    target: str
    label: str | Promise
    parts: tuple[str, ...]
    split: Callable[..., Parts]
    names: tuple[str, ...] = ()
    is_labelled: bool = False
    goes_first: bool = False
    """Counts before other columns for the same fields."""

    @property
    def subject(self) -> str:
        return self.target.partition(".")[0]

    def targets(self) -> list[str]:
        return [f"{self.subject}.{part}" for part in self.parts]


def inverted(key: str, text: str) -> Parts:
    answer = yes_or_no(text)
    return {key: text if answer is None else "no" if answer else "yes"}


def active(text: str) -> Parts:
    answer = yes_or_no(text, "active")
    return {"status": text if answer is None else "Active" if answer else "Inactive"}


def prospect(text: str) -> Parts:
    return {"status": "Prospect"} if yes_or_no(text) else {}


def both(keys: tuple[str, ...], text: str) -> Parts:
    return dict.fromkeys(keys, text)


ALARM = ("alarm_code", "alarm_password", "alarm_instructions")
PARTNER = ("partner_first_name", "partner_last_name", "partner_phone")
EMERGENCY = ("emergency_name", "emergency_phone", "emergency_relationship")


def vet_parts(key: str) -> tuple[str, ...]:
    return (key, f"{key}_phone", f"{key}_address", f"{key}_clinic")


COMPOSITES = [
    Composite(
        "client.full_name", _("Name of the client, perhaps with a partner"),
        ("first_name", "last_name", "partner_first_name", "partner_last_name"),
        splitting.split_names,
        ("Full Name", "Client Name", "Owner Name", "Customer Name", "Contact Name", "Household",
         "Client (household)", "Client", "Owner", "Customer", "Person - Name"),
    ),
    Composite(
        "client.phones", _("Phones in one cell"), ("cell_phone", "home_phone", "work_phone"),
        splitting.split_phones, ("Phones", "Phone(s)", "Phone Numbers", "Telephone", "Telephones"),
    ),
    Composite(
        "client.emails", _("E-mails in one cell"), ("email", "alternate_emails"),
        splitting.split_emails_apart,
        ("Emails", "E-mails", "Email(s)", "Primary Email Address(es)", "Email Addresses"),
    ),
    Composite(
        "client.labelled_email", _("E-mail, with its kind in the next column"),
        ("email", "alternate_emails", "partner_email"), splitting.split_labelled_email,
        is_labelled=True,
    ),
    Composite(
        "client.labelled_phone", _("Phone, with its kind in the next column"),
        ("cell_phone", "home_phone", "work_phone"), splitting.split_labelled_phone,
        is_labelled=True,
    ),
    Composite(
        "client.address", _("Whole address"), ("street", "street2", "city", "state", "zip_code"),
        splitting.split_address,
        ("Address", "Full Address", "Home Address", "Service Address", "Mailing Address"),
    ),
    Composite(
        "client.partner", _("Partner and phone"), PARTNER,
        partial(splitting.split_contact, prefix="partner"),
        ("Alternate Contact & Phone", "Alternate Contact", "Partner & Phone"),
    ),
    Composite(
        "client.emergency", _("Emergency contact and phone"), EMERGENCY,
        partial(splitting.split_contact, prefix="emergency"),
        ("Emergency Contact & Phone", "Emergency Contact and Phone"),
    ),
    Composite(
        "client.memo", _("Notes of the office that may name the partner"),
        ("office_notes", "partner_first_name", "partner_last_name"), splitting.split_memo,
    ),
    Composite(
        "client.alarm_company_and_phone", _("Alarm company and phone"),
        ("alarm_company", "alarm_phone"), splitting.split_company,
        ("Alarm Company & Phone Number", "Alarm Company & Phone", "Alarm Company and Phone"),
    ),
    Composite(
        "client.alarm_codes", _("Alarm code and password"), ALARM, splitting.split_alarm_codes,
        ("Alarm Codes", "Alarm Code & Password"),
    ),
    Composite(
        "client.alarm", _("Alarm code, password and instructions"), ALARM, splitting.split_alarm,
        ("Alarm Information", "Alarm Info"),
    ),
    Composite(
        "client.lockbox", _("Lockbox code and place"), ("lockbox_code", "entry_instructions"),
        splitting.split_lockbox,
        ("Lock Box Code and Location", "Lockbox Code and Location", "Lockbox Location and Code",
         "Where is the lockbox, and what is its code?"),
    ),
    Composite(
        "client.gates", _("Gate and garage codes"), ("gate_code", "garage_code"),
        splitting.split_gates, ("Garage/Gate Code", "Gate/Garage Code", "Garage Gate Code"),
    ),
    Composite(
        "client.wifi", _("Wi-Fi name and password"), ("wifi_name", "wifi_password"),
        splitting.split_wifi,
        ("WiFi network and password", "WiFi Name and Password", "WiFi Name/Password", "WiFi"),
    ),
    Composite(
        "client.trash", _("Trash days and notes"), ("trash_days", "trash_notes"),
        splitting.split_trash, ("Trash/Recycling", "Trash and Recycling", "Trash"),
    ),
    Composite(
        "client.no_keys", _("Needs no key (yes or no)"), ("uses_keys",),
        partial(inverted, "uses_keys"), ("No Key Required?", "No Key Required"),
    ),
    Composite(
        "client.is_active", _("Active (yes or no)"), ("status",), active, ("Client Active",)
    ),
    Composite(
        "client.is_prospect", _("Prospect (yes or no)"), ("status",), prospect,
        goes_first=True,
    ),
    Composite(
        "client.vet_block", _("Vet with address and phone"), vet_parts("vet"),
        partial(splitting.split_vet, prefix="vet"),
    ),
    Composite(
        "pet.vet_block", _("Pet's vet with address and phone"), vet_parts("pet_vet"),
        partial(splitting.split_vet, prefix="pet_vet"),
    ),
    Composite(
        "pet.sex_and_fixed", _("Sex, and whether neutered"), ("sex", "spayed_neutered"),
        splitting.split_sex, ("Sex / fixed", "Sex/Neutered", "Sex and Spay/Neuter"),
    ),
    Composite(
        "pet.is_past", _("No longer a client's (yes or no)"), ("active",),
        partial(inverted, "active"),
    ),
]  # fmt: skip

BY_TARGET = {composite.target: composite for composite in COMPOSITES}
