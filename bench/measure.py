"""Page, yardstick, yardstick, round after round."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any

from bench.load import Run, User, drive
from bench.plan import USERS, Page
from bench.processes import Server
from bench.users import users

ROUNDS = 5
#: Requests of a round; a page that takes long gets fewer.
REQUESTS = 240
#: Seconds that a round should take at most.
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A page in figures; times in milliseconds."""

    page: str
    is_goal: bool
    goal: float
    queries: str
    bytes: int
    p50: float
    p95: float
    a_second: float
    bare_p50: float
    sql_p50: float
    work: float
    work_ratio: float
    ratio: float
    ratios: list[float]

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "is_met": self.is_met}


@dataclass(slots=True)
class Load:
    """One of the three things that are measured in turn."""

    users: Sequence[User]
    server: Server
    requests: int = 0
    whole: Run = field(default_factory=Run)

    def ask(self, requests: int) -> Run:
        before = self.server.work()
        run = drive(self.users, port=self.server.port, requests=requests)
        run.work = self.server.work() - before
        return run

    def warm_up(self) -> None:
        """Open every connection and fill every cache; learn how long a round may be."""
        self.ask(2 * USERS)
        run = self.ask(2 * USERS)
        fitting = int(SECONDS * len(run.waits) / run.seconds)
        self.requests = max(2 * USERS, min(REQUESTS, fitting))

    def round(self) -> float:
        """Run once; the middle wait."""
        run = self.ask(self.requests)
        self.whole.add(run)
        return median(run.waits)

    @property
    def middle(self) -> float:
        return median(self.whole.waits)

    @property
    def work(self) -> float:
        """Processor time of the server for one request."""
        return self.whole.work / len(self.whole.waits)


def measured(page: Page, *, server: Server, rounds: int) -> tuple[Line, Run]:
    """The page's line, and the users' own cost."""
    visits = page.visits
    own = [visit.path for visit in visits]
    bare = [f"/bench/bare/{visit.size}/" for visit in visits]
    sql = [f"/bench/sql/{page.key}/{number}/{each.size}/" for number, each in enumerate(visits)]
    loads = [Load(users(page, paths, port=server.port), server) for paths in (own, bare, sql)]
    for load in loads:
        load.warm_up()
    ratios = []
    for _round in range(rounds):
        middles = {}
        for number in random.sample(range(3), 3):
            middles[number] = loads[number].round()
        ratios.append(middles[0] / middles[2])
    itself, floor, both = loads
    counts = sorted({visit.queries for visit in visits})
    waits = itself.whole.waits
    line = Line(
        page=page.label,
        is_goal=page.is_goal,
        goal=page.goal,
        queries="–".join(str(count) for count in dict.fromkeys([counts[0], counts[-1]])),
        bytes=round(median(visit.size for visit in visits)),
        p50=median(waits) * 1000,
        p95=quantiles(waits, n=20)[-1] * 1000,
        a_second=len(waits) / itself.whole.seconds,
        bare_p50=floor.middle * 1000,
        sql_p50=max(0.0, both.middle - floor.middle) * 1000,
        work=itself.work * 1000,
        work_ratio=itself.work / both.work if both.work else 0,
        ratio=median(ratios),
        ratios=[round(ratio, 2) for ratio in ratios],
    )
    whole = Run()
    for load in loads:
        whole.add(load.whole)
    return line, whole
