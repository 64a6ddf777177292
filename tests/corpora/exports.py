"""Judges what an import made of an invented company's files, field by field."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pawfile.access.models import Key
from pawfile.fields.registry import Kind as FieldKind
from pawfile.imports.choices import owner_choice
from pawfile.imports.issues import Kind
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
Place = tuple[str, int | None, str]
"""Title of a table, row, heading."""


@dataclass
class Score:
    """How the fields came out.

    ``found``: in their place; or offered to the vault, where a code stands in other text; or among
    the extras, where Pawfile has no such field. ``missed``: nothing stands in the place, or less
    than is known, whatever was said. ``wrong``: something else stands there. ``asked``: the file
    does not say it, or it is a question, and the row was named.
    """

    counts: Counter[str] = field(default_factory=Counter)
    fields: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, verdict: str, field_key: str, told: str) -> None:
        self.counts[verdict] += 1
        self.fields.setdefault(field_key, Counter())[verdict] += 1
        if verdict in ("missed", "wrong"):
            known = self.examples.setdefault(f"{verdict} {field_key}", told)
            if verdict == "wrong" and told != known and known.count("\n") < 9:
                self.examples[f"{verdict} {field_key}"] = f"{known}\n{told}"

    @property
    def share(self) -> float:
        """How much of what the files say was found."""
        said = sum(self.counts.values()) - self.counts["asked"]
        return self.counts["found"] / said if said else 0

    def table(self, name: str) -> str:
        """A line for the program, one for each field that was not found everywhere."""
        lines = [line_of(name, self.counts) + f"  {self.share:7.2%}"]
        for key, counts in sorted(self.fields.items()):
            if counts["missed"] or counts["wrong"]:
                lines.append(line_of(f"  {key}", counts))
        lines += [f"    {what}: {told[:900]!r}" for what, told in sorted(self.examples.items())]
        return "\n".join(lines)


def line_of(name: str, counts: Mapping[str, int]) -> str:
    verdicts = ("found", "missed", "wrong", "asked")
    return f"{name:26}" + "".join(f" {each} {counts.get(each, 0):6}" for each in verdicts)


class Judge:
    """``said`` is what the run remarked of a place: kinds; ``cells`` what stands there."""

    def __init__(
        self,
        known: Mapping[str, Any],
        about: Format,
        said: Mapping[Place, set[str]],
        cells: Mapping[Place, str],
    ) -> None:
        self.cells = cells
        self.company = known["company"]
        self.clients = {each["ref"]: each for each in self.company["clients"]}
        self.pets = {each["ref"]: each for each in self.company["pets"]}
        self.vets = {each["ref"]: each for each in self.company["vets"]}
        self.said = said
        self.named_rows = {(table, row) for table, row, _column in said}
        self.problems = problems_of(about)
        self.kinds: dict[str, list[str]] = known["kinds"]
        self.offered = {
            (title_of(file, sheet), row, heading, key)
            for file, sheet, row, heading, key in about["codes_in_text"]
        }
        self.shared = {
            heading
            for table in about["tables"]
            for heading, fields in table["columns"]
            if "," in fields
        }
        self.score = Score()
        self.stored = {
            client.phones_e164.get("cell_phone", client.email): client
            for client in Client.objects.select_related("vet", "primary_sitter")
        }
        self.by_email = {client.email: client for client in self.stored.values() if client.email}
        self.texts = dict(ClientExtra.objects.values_list("client_id", "texts"))
        self.pet_texts = dict(PetExtra.objects.values_list("pet_id", "texts"))

    def judge(self, fields: Mapping[str, list[tuple[str, Place]]]) -> None:
        """``fields``: record ref → (field, where a file says it); judged once each."""
        for ref, wanted in fields.items():
            if "/" in ref and "/K-" not in ref:
                self.pet(ref, wanted)
            elif "/K-" in ref:
                self.key(ref)
            else:
                self.client(ref, wanted)

    def stored_of(self, truth: Mapping[str, Any]) -> Client | None:
        """By the phone; by the e-mail address where a file says "n/a" for a phone."""
        known = self.stored.get(truth["cell_phone"])
        return known or self.by_email.get(truth.get("email", ""))

    def client(self, ref: str, wanted: list[tuple[str, Place]]) -> None:
        truth = self.clients[ref]
        stored = self.stored_of(truth)
        for key, place in wanted:
            if key in NO_RECORD or truth.get(key) in (None, "", []):
                continue
            if stored is None:
                verdict = "asked" if self.is_refused(place) else "missed"
                self.score.add(verdict, key, f"{ref}: no client")
            else:
                own = " \n".join(self.all_texts(stored, self.texts.get(stored.pk, {})))
                self.field(ref, key, truth[key], stored, own, place)

    def pet(self, ref: str, wanted: list[tuple[str, Place]]) -> None:
        owner, _slash, pet_ref = ref.partition("/")
        truth = self.pets[pet_ref]
        stored = self.stored_of(self.clients[owner])
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
        self, ref: str, key: str, truth: Any, stored: Client | Pet, own: str, place: Place
    ) -> None:
        wanted, found = self.as_text(key, truth), self.value(key, stored)
        verdict = self.verdict(key, wanted, found, stored, own, place)
        self.score.add(verdict, key, f"{ref}: {found!r} instead of {wanted!r} {place}")

    def verdict(  # noqa: PLR0917
        self, key: str, wanted: Any, found: Any, stored: Client | Pet, own: str, place: Place
    ) -> str:
        if key == "keys":
            codes = set(Key.objects.filter(client=stored.pk).values_list("code", flat=True))
            is_wrong = bool(codes - set(wanted))
            return "found" if set(wanted) == codes else "wrong" if is_wrong else "missed"
        if key == "born" and found and str(wanted).startswith(f"{found}-"):
            return "found" if self.is_right(wanted, found, place) else "missed"
        if key == "animal" and found.casefold() == wanted.casefold():
            return "found"
        if key == "alternate_emails":
            lacking = [each for each in wanted if each not in found]
            if lacking and not any(each in self.cells[place] for each in lacking):
                return "asked"
            return "missed" if lacking else "wrong" if set(found) - set(wanted) else "found"
        if self.is_right(wanted, found, place):
            return "found"
        if (*place, key) in self.offered:
            return "found" if Kind.CODE_IN_TEXT in self.said.get(place, ()) else "missed"
        if key not in stored.subject.fields:
            return "found" if self.contains(own, key, wanted) else "missed"
        if self.is_asked(place):
            is_as_typed = any(found == each["value"] for each in self.problems.get(place, ()))
            return "asked" if is_as_typed or not found else "wrong"
        is_another = self.says_another_text(wanted, found, stored.subject.fields[key].kind, place)
        return "asked" if is_another else "wrong" if found not in ("", None, []) else "missed"

    def says_another_text(self, wanted: Any, found: Any, kind: FieldKind, place: Place) -> bool:
        """Whether a note is just what stands in its cell, and that has no word of the truth."""
        if kind != FieldKind.LONG_TEXT or self.problems.get(place):
            return False
        cell = " ".join(self.cells[place].split())
        shared = set(wanted.casefold().split()) & set(cell.casefold().split())
        return not shared and " ".join(found.split()) == cell

    def is_right(self, wanted: Any, found: Any, place: Place) -> bool:
        """Whether the field has the truth, or what the file says in its place; where a heading
        carries several fields, other text may stand beside it."""
        if found == wanted:
            return True
        for problem in self.problems.get(place, ()):
            accept = problem.get("accept")
            if problem["kind"] in ("zip_plus_four", "formula_text"):
                accept = problem["value"]
            if isinstance(accept, dict):
                known = [*map(str, accept.get("years", ())), *accept.get("months", ())]
                return found in known
            if self.kinds[problem["kind"]][0] != "question" and accept == found:
                return True
        if isinstance(wanted, str) and isinstance(found, str) and place[2] in self.shared:
            return " ".join(wanted.split()) in " ".join(found.split())
        return False

    def is_asked(self, place: Place) -> bool:
        """Whether the file does not say it and the row was named, or is a word for nothing."""
        table, row, _heading = place
        for problem in (*self.problems.get(place, ()), *self.problems.get((table, row, ""), ())):
            if "accept" not in problem or self.kinds[problem["kind"]][0] == "question":
                return problem["kind"] == "blank_word" or place in self.said
        return False

    def is_refused(self, place: Place) -> bool:
        """Whether no record was to come of the row, and that was said."""
        table, row, _heading = place
        kinds = {
            self.kinds[problem["kind"]][0]
            for (of_table, of_row, _column), problems in self.problems.items()
            if (of_table, of_row) == (table, row)
            for problem in problems
        }
        return bool(kinds & {"refused", "question"}) and (table, row) in self.named_rows

    def contains(self, own: str, key: str, wanted: str) -> bool:
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


def title_of(file: str, sheet: str) -> str:
    return f"{file}, {sheet}" if sheet else file


def problems_of(about: Format) -> dict[Place, list[dict[str, Any]]]:
    found: dict[Place, list[dict[str, Any]]] = {}
    for problem in about["problems"]:
        place = title_of(problem["file"], problem["sheet"]), problem["row"], problem["column"]
        found.setdefault(place, []).append(problem)
    return found


def answers_of(about: Format, known: Mapping[str, Any]) -> dict[str, str]:
    """The questions about owners answered by the truth: choices for the run. The answer is the
    client's id in the files, or the first row that the client has there."""
    rows = {
        ref.partition("/")[0]: str(table["first_row"] + offset)
        for table in reversed(about["tables"])
        for offset, ref in reversed(list(enumerate(table["refs"].split())))
        if table is about["tables"][0]
    }
    numbers = {each["ref"]: str(each["number"]) for each in known["company"]["clients"]}
    has_ids = any("source_id" in fields for _h, fields in about["tables"][0]["columns"])
    return {
        owner_choice(title_of(each["file"], each["sheet"]), each["row"]): (
            numbers if has_ids else rows
        )[each["answer"]]
        for each in about["problems"]
        if each.get("answer")
    }


def wanted_fields(about: Format, names: set[str]) -> dict[str, list[tuple[str, Place]]]:
    """Record ref → fields and where the files say them: table, row, heading."""
    found: dict[str, dict[str, Place]] = {}
    for table in about["tables"]:
        if table["file"] not in names:
            continue
        title = title_of(table["file"], table["sheet"])
        for offset, ref in enumerate(table["refs"].split()):
            if ref == "-" or ref.startswith("v"):
                continue
            for heading, fields in table["columns"]:
                for key in filter(None, fields.split(", ")):
                    owner = ref.partition("/")[0]
                    target = ref if key.startswith(("pet.", "key.")) else owner
                    if key.startswith("key.") and key != "key.code":
                        continue
                    place = title, table["first_row"] + offset, heading
                    found.setdefault(target, {}).setdefault(key, place)
    return {ref: list(fields.items()) for ref, fields in found.items()}


def known_company(corpora: Path) -> dict[str, Any]:
    text = (corpora / "exports" / "expected.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
