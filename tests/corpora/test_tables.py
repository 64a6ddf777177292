"""Every table and workbook of the corpora: read to its end, or refused by name.

Prints what became of them as a table to be kept in a note. Old binary workbooks are no format that
is accepted; of the others at least 93 % open, each within 20 s and 512 MB.
"""

import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from pawfile.lib.sheets import SheetError
from pawfile.lib.tables import open_tables

pytestmark = pytest.mark.corpora

FOLDERS = (
    "calamine-workbooks", "csv-injection", "csv-spectrum-npm", "csvlint-fixtures",
    "django-import-export", "exports", "frictionless-data", "nyc-dog-licence-sample",
    "phpspreadsheet-readers", "poi-workbooks", "roundcube-contacts", "seattle-pet-licences",
)  # fmt: skip
ACCEPTED = {".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".xml", ".vcf"}
BINARY = {".xls", ".xlsb"}
SECONDS, MEGABYTES, SHARE = 20, 512, 0.93
OPENED = "opened"
#: Read without a fault, but there is no table in it.
EMPTY = ("There are no rows below the headings.", "This file is empty.")


def files(corpora: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        paths = sorted(path for path in (corpora / folder).rglob("*") if path.is_file())
        found = [path for path in paths if path.suffix.lower() in ACCEPTED | BINARY]
        assert found or folder == "csv-injection", folder
        yield from ((folder, path) for path in found)


def outcome(path: Path) -> str:
    try:
        for table in open_tables(path):
            for _row in table:
                pass
    except SheetError as refusal:
        return str(refusal)
    return OPENED


def kind(path: Path, said: str) -> str:
    """The column of the table."""
    if said == OPENED:
        return OPENED
    if path.suffix.lower() in BINARY:
        return "old binary"
    return "no table in it" if said.startswith(EMPTY) else "refused"


def test_every_table_and_workbook_opens_or_is_refused_by_name(
    corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    examples: dict[str, str] = {}
    slow = []
    for folder, path in files(corpora):
        begun = time.monotonic()
        said = outcome(path)
        took = time.monotonic() - begun
        slow += [(path.name, round(took, 1))] if took > SECONDS else []
        counts[folder][kind(path, said)] += 1
        if said != OPENED:
            reasons[said.replace(path.name, "…")] += 1
            examples.setdefault(said.replace(path.name, "…"), path.name)
    total = sum(counts.values(), Counter[str]())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    columns = (OPENED, "no table in it", "refused", "old binary")
    lines = [f"| folder | files | {' | '.join(columns)} |", f"|---|{'---:|' * 5}"]
    for name, each in [*counts.items(), ("all", total)]:
        figures = " | ".join(str(each[column]) for column in columns)
        lines.append(f"| {name} | {each.total()} | {figures} |")
    lines += ["", "| reason | files | such as |", "|---|---:|---|"]
    lines += [f"| {said} | {count} | {examples[said]} |" for said, count in reasons.most_common()]
    read = total[OPENED] + total["no table in it"]
    share = read / (read + total["refused"])
    lines += ["", f"{share:.1%} of the accepted formats read; at most {peak:.0f} MB in a child."]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert slow == []
    assert peak <= MEGABYTES
    assert share >= SHARE
