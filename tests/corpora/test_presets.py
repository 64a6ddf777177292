"""The files of each program, imported together and judged field by field."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pawfile.accounts.models import Role, User
from pawfile.imports.run import ImportRun
from pawfile.profiles.models import Client, Pet
from tests.corpora.exports import (
    Judge,
    Place,
    Score,
    answers_of,
    known_company,
    wanted_fields,
)

pytestmark = [pytest.mark.corpora, pytest.mark.django_db]

FILES: dict[str, list[str]] = {
    "precise": ["clients.xlsx", "pets.xlsx"],
    "timetopet": ["clients.csv", "keys.csv"],
    "leashtime": ["export.xml"],
    "petsitterplus": ["clients.csv", "pets.csv", "vets.csv"],
    "square": ["customers.csv"],
    "google": ["contacts.csv"],
    "vcard": ["contacts.vcf"],
    "plain": ["clients-and-pets.csv"],
    "plain-xlsx": ["clients-and-pets.xlsx"],
    "plain-ods": ["clients-and-pets.ods"],
    "messy": ["clients-and-pets.csv"],
}
GROUP = re.compile(r" \[(?:Primary Contact|Emergency Contact|Client Details)\]$")
FOLDERS = {"vcard": "google", "plain-xlsx": "plain", "plain-ods": "plain"}


@pytest.fixture
def truth(corpora: Path) -> Iterator[dict[str, Any]]:
    known = known_company(corpora)
    with time_machine.travel(f"{known['as_of']} 12:00:00Z"):
        for place, name in enumerate(known["company"]["sitters"]):
            User.objects.create_user(f"s{place}@demo.test", name=name, role=Role.SITTER)
        yield known


def finished(paths: list[Path], choices: dict[str, str]) -> ImportRun:
    run = ImportRun(paths, choices=choices)
    run.run()
    return run


def judged(run: ImportRun, truth: dict[str, Any], program: str) -> Score:
    about = truth["formats"][FOLDERS.get(program, program)]
    said: dict[Place, set[str]] = {}

    def plain(heading: str) -> str:
        """A heading as the truth calls it: without its group, of contacts by its property."""
        return "NOTE" if (program, heading) == ("vcard", "Notes") else GROUP.sub("", heading)

    for issue in run.issues:
        said.setdefault((issue.table, issue.row, plain(issue.column)), set()).add(issue.kind)
    cells: dict[Place, str] = {
        (table.title, number, plain(heading)): cell
        for table in run.tables
        for number, row in table
        for heading, cell in zip(table.headings, row, strict=False)
    }
    judge = Judge(truth, about, said, cells)
    judge.judge(wanted_fields(about, set(FILES[program])))
    return judge.score


@pytest.mark.parametrize("program", list(FILES))
def test_every_field_of_a_programs_files_is_found_and_a_second_run_changes_nothing(
    corpora: Path, truth: dict[str, Any], program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpora / "exports" / FOLDERS.get(program, program)
    paths = [folder / name for name in FILES[program]]
    choices = answers_of(truth["formats"][FOLDERS.get(program, program)], truth)
    first = finished(paths, choices)
    score = judged(first, truth, program)
    count = (Client.objects.count(), Pet.objects.count())
    with capsys.disabled():
        sys.stdout.write(f"\n{score.table(program)}\n")
        kinds = Counter(str(issue.kind) for issue in first.issues)
        sys.stdout.write(f"    said: {dict(kinds)}\n")
    second = finished(paths, choices)
    for tally in (second.tally.clients, second.tally.pets):
        assert (tally["created"], tally["updated"]) == (0, 0)
    assert (Client.objects.count(), Pet.objects.count()) == count
    assert score.counts["wrong"] == 0
    assert score.share >= 0.98
