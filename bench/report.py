"""The figures as a table for people and as JSON for programs."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.load import Run
from bench.measure import Line
from bench.plan import GOAL, USERS

#: MB of one server process.
MEMORY_GOAL = 350
HEADS = (
    "page", "queries", "bytes", "p50 ms", "p95 ms", "req/s", "bare p50", "sql p50", "cpu ms",
    "cpu ratio", "ratio", "",
)  # fmt: skip


@dataclass(slots=True)
class Report:
    database: str
    clients: int
    rounds: int
    lines: list[Line] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)
    users: Run = field(default_factory=Run)
    more: list[str] = field(default_factory=list)

    @property
    def missed(self) -> list[str]:
        found = [line.page for line in self.lines if not line.is_met]
        return [*found, "memory"] if self.most_memory > MEMORY_GOAL else found

    @property
    def most_memory(self) -> float:
        return max(self.memory.values(), default=0)

    def as_dict(self) -> dict[str, Any]:
        return {
            "database": self.database,
            "clients": self.clients,
            "users": USERS,
            "cores": os.cpu_count(),
            "goal": GOAL,
            "rounds": self.rounds,
            "pages": [line.as_dict() for line in self.lines],
            "memory_goal": MEMORY_GOAL,
            "memory": sorted((round(size) for size in self.memory.values()), reverse=True),
            "missed": self.missed,
            "more": self.more,
        }

    def text(self) -> str:
        promised = [cells(line) for line in self.lines if line.is_goal]
        others = [cells(line) for line in self.lines if not line.is_goal]
        rows = [HEADS, *promised, *others]
        widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
        drawn = [aligned(row, widths) for row in rows]
        rule = "-" * max(map(len, drawn))
        table = [drawn[0], rule, *drawn[1 : len(promised) + 1]]
        if others:
            table += [rule, *drawn[len(promised) + 1 :]]
        return "\n".join([self.title(), "", *table, "", *self.notes()])

    def title(self) -> str:
        return f"{self.database}, {self.clients:,} clients, {USERS} users, {os.cpu_count()} cores"

    def notes(self) -> list[str]:
        sizes = sorted((round(size) for size in self.memory.values()), reverse=True)
        verdict = "met" if self.most_memory <= MEMORY_GOAL else "MISSED"
        asked = len(self.users.waits)
        own = self.users.own_seconds / asked if asked else 0
        share = self.users.own_seconds / self.users.seconds if self.users.seconds else 0
        memory = f"{sizes[0] if sizes else 0} MB in the largest server process"
        alone = 1 / own if own else 0
        return [
            "bare: a signed-in view that answers with as many bytes. sql: what the page's own",
            "statements add to it, run raw by a plain cursor. ratio = page / (bare + sql), both in",
            f"one request, in turn with the page; middle of {self.rounds} rounds; goal {GOAL:g}.",
            "cpu: the server's processor time a request, without the database server's, and the",
            "same ratio of it: what other programs on the machine hardly change.",
            f"Memory: {memory}; goal {MEMORY_GOAL}: {verdict}. All: {', '.join(map(str, sizes))}.",
            f"The users themselves took {own * 1e6:.0f} µs a request, {share:.0%} of one core:",
            f"alone they could ask {alone:,.0f} times a second.",
            *self.more,
        ]


def cells(line: Line) -> tuple[str, ...]:
    return (
        line.page,
        line.queries,
        f"{line.bytes:,}",
        f"{line.p50:.1f}",
        f"{line.p95:.1f}",
        f"{line.a_second:,.0f}",
        f"{line.bare_p50:.1f}",
        f"{line.sql_p50:.1f}",
        f"{line.work:.1f}",
        f"{line.work_ratio:.2f}",
        f"{line.ratio:.2f}",
        "met" if line.is_met else "MISSED",
    )


def aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    drawn = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest)]
    return "  ".join(drawn)


def write(reports: Sequence[Report], folder: Path) -> None:
    """``bench.json`` and the tables as ``bench.txt``."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = json.dumps([report.as_dict() for report in reports], indent=2, ensure_ascii=False)
    (folder / "bench.json").write_text(figures + "\n")
    (folder / "bench.txt").write_text("\n\n".join(report.text() for report in reports) + "\n")
