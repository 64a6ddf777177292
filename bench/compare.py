"""The same pages without and with fields of the company's own: the promise is 1.5 times at most,
and not a query more."""

import random
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from bench import plan
from bench.measure import Load
from bench.plan import Page
from bench.processes import Server, company, serving
from bench.users import users

GOAL = 1.5
PAGES = ("first", "profile", "edit")
HEAD = f"{'page':<20}{'queries':>12}{'p50 ms':>16}{'cpu ms':>16}{'ratio':>8}{'cpu ratio':>11}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One page in figures, each without and with such fields; times in milliseconds."""

    page: str
    queries: tuple[int, int]
    p50: tuple[float, float]
    work: tuple[float, float]
    ratio: float

    @property
    def work_ratio(self) -> float:
        return self.work[1] / self.work[0] if self.work[0] else 0

    @property
    def is_met(self) -> bool:
        return self.ratio <= GOAL and self.queries[0] == self.queries[1]

    def text(self) -> str:
        asked = f"{self.queries[0]} → {self.queries[1]}"
        waits = f"{self.p50[0]:.1f} → {self.p50[1]:.1f}"
        work = f"{self.work[0]:.1f} → {self.work[1]:.1f}"
        verdict = "met" if self.is_met else "MISSED"
        figures = f"{self.ratio:>8.2f}{self.work_ratio:>11.2f}"
        return f"{self.page:<20}{asked:>12}{waits:>16}{work:>16}{figures}  {verdict}"


def compare(database: str, clients: int, custom: int, rounds: int) -> list[Compared]:
    """Two companies, two servers, asked in turn."""
    with ExitStack() as stack:
        plans, servers = [], []
        for count in (0, custom):
            made = company(database, clients, ",".join(PAGES), count)
            environment = stack.enter_context(made)
            servers.append(stack.enter_context(serving(environment)))
            plans.append(plan.read_pages(environment["PAWFILE_DATA"]))
        found = []
        for pages in zip(*plans, strict=True):
            print(f"  {pages[0].label} …", file=sys.stderr, flush=True)
            found.append(compared(pages, servers, rounds))
        return found


def compared(pages: tuple[Page, ...], servers: list[Server], rounds: int) -> Compared:
    loads = [
        Load(users(page, [visit.path for visit in page.visits], port=server.port), server)
        for page, server in zip(pages, servers, strict=True)
    ]
    for load in loads:
        load.warm_up()
    ratios = []
    for _round in range(rounds):
        middles = {number: loads[number].round() for number in random.sample(range(2), 2)}
        ratios.append(middles[1] / middles[0])
    without, having = loads
    queries = [max(visit.queries for visit in page.visits) for page in pages]
    return Compared(
        page=pages[0].label,
        queries=(queries[0], queries[1]),
        p50=(without.middle * 1000, having.middle * 1000),
        work=(without.work * 1000, having.work * 1000),
        ratio=median(ratios),
    )
