"""The result of an import in words, and all its remarks as a table."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.imports.issues import ABOUT, Issue, Kind, Severity
from pawfile.imports.run import ImportRun
from pawfile.lib.formulas import inert
from pawfile.lib.tables import Table

MOST_LINES = 50
"""Remarks of one kind that are listed; the report file has all."""

OUTCOMES = ("created", "updated", "unchanged", "problems")


def opening(run: ImportRun) -> Iterator[str]:
    """What was found in the files and what their columns fill."""
    for table, layout in zip(run.tables, run.layouts, strict=True):
        yield about(table)
        if layout.preset:
            yield _("  Known: %s") % layout.preset
        filled = [
            (target, source) for target, sources in layout.sources.items() for source in sources
        ]
        for target, source in sorted(filled, key=lambda pair: pair[1].index or 0):
            where = source.heading if source.index is not None else f"“{source.text}”"
            yield f"  {where} → {target}"
        if layout.refused:
            yield _("Refused, passwords are never read: %s") % ", ".join(layout.refused)
        if layout.left_out:
            yield _("Kept as imported extras: %s") % ", ".join(layout.left_out)
    for title, reason in run.passed_over:
        yield _("Not read: %(title)s. %(reason)s") % {"title": title, "reason": reason}


def about(table: Table) -> str:
    if table.format != "text":
        return _("%(name)s: %(count)d columns") % {
            "name": table.title,
            "count": len(table.headings),
        }
    delimiter = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}.get(
        table.delimiter, table.delimiter
    )
    return _("%(name)s: %(encoding)s, %(count)d columns apart by %(delimiter)s") % {
        "name": table.title,
        "encoding": table.encoding,
        "count": len(table.headings),
        "delimiter": delimiter,
    }


def findings(run: ImportRun) -> Iterator[str]:
    """Problems, warnings and notes, by kind."""
    counts, groups = Counter[Kind](), defaultdict[Kind, list[Issue]](list)
    for issue in run.issues:
        counts[issue.kind] += 1
        if counts[issue.kind] <= MOST_LINES:
            groups[issue.kind].append(issue)
    titles = {
        Severity.PROBLEM: _("PROBLEMS"),
        Severity.WARNING: _("WARNINGS"),
        Severity.NOTE: _("NOTES"),
    }
    for severity, title in titles.items():
        kinds = [kind for kind in Kind if kind in groups and ABOUT[kind].severity == severity]
        if kinds:
            yield ""
            yield title
        for kind in kinds:
            yield f"{ABOUT[kind].title} ({counts[kind]})"
            for issue in groups[kind]:
                yield f"  {line(issue, has_tables=len(run.tables) > 1)}"
            yield from and_more(counts[kind] - len(groups[kind]))


def and_more(more: int) -> Iterator[str]:
    if more > 0:
        yield (
            "  " + ngettext("… and %d more of this kind", "… and %d more of this kind", more) % more
        )


def line(issue: Issue, *, has_tables: bool = False) -> str:
    """ "row 17, Zip, “2134”: A zip code has five digits." """
    places = [issue.table] if has_tables and issue.table else []
    places += [_("row %d") % issue.row] if issue.row is not None else []
    places += [issue.column] if issue.column else []
    places += [f"“{issue.value}”"] if issue.value else []
    return f"{', '.join(places)}: {issue.message}" if places else issue.message


def closing(run: ImportRun) -> Iterator[str]:
    """What became of the rows; the last line has the counts of clients and pets."""
    rows = run.tally.rows
    yield ""
    if run.is_dry:
        yield _("A dry run: nothing was written.")
    yield _("rows: %(all)d, of which pets %(pets)d, clients without pets %(only)d, repeated "
            "%(repeated)d, blank or headings %(blank)d, problems %(problems)d") % {
        "all": rows.total(),
        "pets": rows["pets"],
        "only": rows["clients only"],
        "repeated": rows["repeated"],
        "blank": rows["blank"],
        "problems": rows["problems"],
    }  # fmt: skip
    if rows["vets"] or rows["keys"]:
        yield _("also: vets %(vets)d, keys %(keys)d") % {
            "vets": rows["vets"],
            "keys": rows["keys"],
        }
    yield f"clients: {counts(run.tally.clients)}; pets: {counts(run.tally.pets)}"


def counts(tally: Counter[str]) -> str:
    return ", ".join(f"{name} {tally[name]}" for name in OUTCOMES)


def write_table(issues: Iterable[Issue], file: TextIO) -> None:
    """All remarks as CSV. A cell that a spreadsheet would take for a formula is made inert."""
    writer = csv.writer(file)
    writer.writerow(["row", "column", "value", "severity", "kind", "message", "table"])
    for issue in issues:
        row = "" if issue.row is None else str(issue.row)
        texts = (
            *(issue.column, issue.value, issue.severity, issue.kind, issue.message),
            issue.table,
        )
        writer.writerow([row, *map(inert, texts)])
