"""Judges what an import made of an invented company's files, field by field."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pawfile.access.models import Key
from pawfile.imports.models import ClientExtra, PetExtra
from pawfile.lib.columns import key_ring
from pawfile.lib.phones import e164
from pawfile.profiles.models import Client, Pet

SECRETS = frozenset(
    {"door_code", "lockbox_code", "gate_code", "garage_code", "alarm_code", "alarm_password",
     "wifi_password"}
)  # fmt: skip
PHONES = frozenset(
    {"cell_phone", "home_phone", "work_phone", "partner_phone", "emergency_phone", "alarm_phone"}
)
NO_RECORD = frozenset({"number", "source_id", "owner", "pet.owner"})

Format = Mapping[str, Any]


@dataclass
class Score:
    """How the fields came out: ``found`` in their place; ``kept`` elsewhere in the record, in
    another text of it or among the extras; ``asked``: a remark stands at the row and column;
    ``missed`` nowhere; ``wrong``: something else stands there."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, verdict: str, field_key: str, told: str) -> None:
        self.counts[verdict] += 1
        if verdict in ("missed", "wrong", "kept"):
            self.examples.setdefault(f"{verdict} {field_key}", []).append(told)

    def line(self, name: str) -> str:
        count = self.counts
        total = sum(count.values()) or 1
        return (
            f"{name:16} found {count['found']:6} kept {count['kept']:5} asked {count['asked']:5} "
            f"missed {count['missed']:5} wrong {count['wrong']:4}  "
            f"{100 * (count['found'] + count['kept']) / (total - count['asked'] or 1):6.2f} %"
        )


class Judge:
    """``asked`` are the rows and columns of which the run said something: (file, row, column)."""

    def __init__(self, known: Mapping[str, Any], asked: set[tuple[str, int | None, str]]) -> None:
        self.company = known["company"]
        self.clients = {each["ref"]: each for each in self.company["clients"]}
        self.pets = {each["ref"]: each for each in self.company["pets"]}
        self.vets = {each["ref"]: each for each in self.company["vets"]}
        self.asked = asked
        self.score = Score()
        self.stored = {
            client.phones_e164.get("cell_phone", ""): client
            for client in Client.objects.select_related("vet", "primary_sitter")
        }
        self.texts = dict(ClientExtra.objects.values_list("client_id", "texts"))
        self.pet_texts = dict(PetExtra.objects.values_list("pet_id", "texts"))

    def judge(self, fields: Mapping[str, list[tuple[str, str]]], refs: Mapping[str, int]) -> None:
        """``fields``: record ref → (field, heading) of the files; judged once each."""
        del refs
        for ref, wanted in fields.items():
            if "/" in ref and "/K-" not in ref:
                self.pet(ref, wanted)
            elif "/K-" in ref:
                self.key(ref)
            else:
                self.client(ref, wanted)

    def client(self, ref: str, wanted: list[tuple[str, str]]) -> None:
        truth = self.clients[ref]
        stored = self.stored.get(truth["cell_phone"])
        for key, place in wanted:
            if key in NO_RECORD or truth.get(key) in (None, "", []):
                continue
            if stored is None:
                verdict = "asked" if self.is_refused(place) else "missed"
                self.score.add(verdict, key, f"{ref}: no client")
            else:
                own = " \n".join(self.all_texts(stored, self.texts.get(stored.pk, {})))
                self.field(ref, key, truth[key], stored, own, place)

    def pet(self, ref: str, wanted: list[tuple[str, str]]) -> None:
        owner, _slash, pet_ref = ref.partition("/")
        truth = self.pets[pet_ref]
        stored = self.stored.get(self.clients[owner]["cell_phone"])
        same = [
            pet for pet in (stored.pets.all() if stored else ())
            if pet.name == truth["name"] and pet.animal.casefold() == truth["animal"].casefold()
        ]  # fmt: skip
        pet = min(same, key=lambda each: self.distance(each, truth), default=None)
        for name, place in wanted:
            key = name.removeprefix("pet.")
            if key in NO_RECORD or name in NO_RECORD or truth.get(key) in (None, "", []):
                continue
            if pet is None:
                verdict = "asked" if self.is_refused(place) else "missed"
                self.score.add(verdict, name, f"{ref}: no pet")
            else:
                own = " \n".join(self.all_texts(pet, self.pet_texts.get(pet.pk, {})))
                self.field(ref, key, truth[key], pet, own, place)

    def distance(self, pet: Pet, truth: Mapping[str, Any]) -> int:
        return sum(
            str(getattr(pet, key)) != truth.get(key, "") for key in ("breed", "sex", "microchip")
        )

    def key(self, ref: str) -> None:
        owner, _slash, code = ref.partition("/")
        key = Key.objects.filter(code=code).select_related("client").first()
        if key is None:
            self.score.add("missed", "key.code", ref)
            return
        is_right = key.client.phones_e164.get("cell_phone") == self.clients[owner]["cell_phone"]
        self.score.add("found" if is_right else "wrong", "key.code", ref)

    def field(  # noqa: PLR0917
        self, ref: str, key: str, truth: Any, stored: Client | Pet, own: str, place: str
    ) -> None:
        wanted, found = self.as_text(key, truth), self.value(key, stored)
        if key == "keys":
            codes = set(Key.objects.filter(client=stored.pk).values_list("code", flat=True))
            verdict = (
                "found" if set(truth) == codes else "wrong" if codes - set(truth) else "missed"
            )
        elif key == "alternate_emails":
            verdict = "found" if set(truth) == set(found) else "missed"
        elif found == wanted or (key == "born" and found and wanted.startswith(found)):
            verdict = "found"
        elif isinstance(wanted, str) and wanted and self.contains(own, key, wanted):
            verdict = "kept"
        elif self.is_asked(place):
            verdict = "asked"
        else:
            verdict = "wrong" if found not in ("", None, []) else "missed"
        self.score.add(verdict, key, f"{ref}: {found!r} instead of {wanted!r} ({place})")

    def contains(self, own: str, key: str, wanted: str) -> bool:
        if key in PHONES:
            return wanted.removeprefix("+1") in "".join(filter(str.isdigit, own))
        plain = " ".join(own.split())
        if key == "vaccinations" or key.endswith("_on"):
            return all(part in plain for part in wanted.split(" ") if not part[0].isdigit())
        return " ".join(wanted.split()) in plain

    def value(self, key: str, stored: Client | Pet) -> Any:
        if key in SECRETS:
            return key_ring().unseal(getattr(stored, key))
        if key in PHONES:
            return e164(getattr(stored, key), "US")
        if key in ("vet", "pet_vet"):
            vet = getattr(stored, key)
            return (vet.clinic or vet.name) if vet else ""
        value: Any = getattr(stored, key, "")
        if key == "born":
            return value.iso()
        return value.name if key.endswith("_sitter") and value else value

    def as_text(self, key: str, truth: Any) -> Any:
        if key in ("vet", "pet_vet"):
            return self.vets[truth]["clinic"]
        if key == "vaccinations":
            return " ".join(f"{name} {day}" for name, day in truth)
        return truth

    def all_texts(self, stored: Client | Pet, texts: Mapping[str, str]) -> Iterator[str]:
        yield from (value for value in vars(stored).values() if isinstance(value, str))
        yield from texts.values()

    def is_refused(self, place: str) -> bool:
        """Whether the row was refused for something that was said of it."""
        name, row, _heading = place.split("|")
        return any((table, number) == (name, int(row)) for table, number, _said in self.asked)

    def is_asked(self, place: str) -> bool:
        name, row, heading = place.split("|")
        return (name, int(row), heading) in self.asked or (name, int(row), "") in self.asked


def wanted_fields(about: Format, names: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Record ref → fields and where the files say them: "table|row|heading"."""
    found: dict[str, dict[str, str]] = {}
    for table in about["tables"]:
        if table["file"] not in names:
            continue
        title = f"{table['file']}, {table['sheet']}" if table["sheet"] else table["file"]
        for offset, ref in enumerate(table["refs"].split()):
            if ref == "-" or ref.startswith("v"):
                continue
            for heading, fields in table["columns"]:
                for key in filter(None, fields.split(", ")):
                    owner = ref.partition("/")[0]
                    target = ref if key.startswith(("pet.", "key.")) else owner
                    if key.startswith("key.") and key != "key.code":
                        continue
                    place = f"{title}|{table['first_row'] + offset}|{heading}"
                    found.setdefault(target, {}).setdefault(key, place)
    return {ref: list(fields.items()) for ref, fields in found.items()}


def known_company(corpora: Path) -> dict[str, Any]:
    text = (corpora / "exports" / "expected.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
