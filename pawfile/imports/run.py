"""One import: read a file, put its rows together, look at what is there, write, count."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DataError, IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.fields.catalogue import catalogues
from pawfile.history.models import StaleRecordError
from pawfile.imports.codes import CodeWatch
from pawfile.imports.columns import Surroundings
from pawfile.imports.issues import Issues, Kind, row_list
from pawfile.imports.links import Sitters, Tags, Territories, Vets
from pawfile.imports.mapping import Layout, lay_out
from pawfile.imports.plan import ClientPlan, Planner
from pawfile.imports.reading import Draft, Reader
from pawfile.imports.rows import Grouping, Household, Row
from pawfile.imports.targets import CLIENT_ID, targets
from pawfile.imports.writing import Writer
from pawfile.lib.sheets import Sheet, open_sheet
from pawfile.options.models import SiteOptions
from pawfile.profiles.blocking import HeldVisitsError, held_by

BATCH = 500
"""Households looked up and made at once."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Tally:
    """How a run went. Every row is in ``rows`` once, whatever became of it."""

    clients: Counter[str] = field(default_factory=Counter)
    pets: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)


class ImportRun:
    """Opens the file and lays out its columns; ``run`` does the work and may be interrupted.

    Raises ``SheetError`` and ``MappingError`` if the file or the mapping cannot be used; nothing
    has been written then.
    """

    def __init__(
        self,
        path: Path,
        *,
        mapped: Iterable[str] = (),
        fixed: Iterable[str] = (),
        is_dry: bool = False,
    ) -> None:
        self.is_dry = is_dry
        self.issues = Issues()
        self.tally = Tally()
        self.sheet: Sheet = open_sheet(path)
        around = surroundings()
        columns = targets(around)
        self.layout: Layout = lay_out(self.sheet.headings, columns, mapped=mapped, fixed=fixed)
        self.region = around.region
        self._reader = Reader(self.layout, self.issues, around.vets)
        self._planner = Planner(self.layout, self.issues, region=around.region)
        options = present_options()
        self._writer = Writer(self._planner.columns, options=options)
        self._codes = CodeWatch(self.layout, self.issues, catalogues(options))

    def run(self, progress: Progress | None = None) -> None:
        """Import everything. What ``tally`` counts is saved, also when this is interrupted."""
        households = self._households()
        done = 0
        for batch in batches(households, BATCH):
            drafts = [self._reader.draft(household) for household in batch]
            plans, refused = self._planner.plan(drafts)
            for draft in refused:
                self._count_refused(draft)
            self._save(plans)
            done += len(batch)
            if progress:
                progress(done, len(households))

    def _households(self) -> list[Household]:
        grouping = Grouping(self.layout, self.issues, region=self.region)
        for number, cells in self.sheet:
            grouping.add(Row(number, cells))
        households = grouping.households()
        self.tally.rows["blank"] += self.sheet.blank_rows + grouping.passed_over
        for row in grouping.refused:
            self.tally.clients["problems"] += 1
            self.tally.rows["problems"] += 1
            self.tally.pets["problems"] += self._reader.has_pet(row)
        if self.layout.names_clients_by_id:
            self._note_repeated_ids(households)
        return households

    def _note_repeated_ids(self, households: Iterable[Household]) -> None:
        """Where only an id says that rows are of one client, say which rows those are."""
        heading = self.layout.sources[CLIENT_ID].heading
        for household in households:
            if len(household.rows) > 1:
                self.issues.add(
                    Kind.REPEATED_ID,
                    _("One client of %s.") % row_list(household.numbers),
                    row=household.rows[1].number,
                    column=heading,
                    value=household.source_id,
                )

    def _save(self, plans: Sequence[ClientPlan]) -> None:
        if self.is_dry:
            for plan in plans:
                self._look_at(plan)
            return
        self._writer.make_vets(plans)
        self._create([plan for plan in plans if plan.client is None])
        for plan in plans:
            if plan.client is not None:
                self._update(plan)

    def _look_at(self, plan: ClientPlan) -> None:
        """Count what would be done, and say what would be refused."""
        blocked = plan.values.get("blocked_sitters", ())
        held = held_by(plan.client, blocked, reader=None) if plan.client else []
        if held:
            self._not_saved(plan, HeldVisitsError(held).messages[0])
        else:
            self._count(plan)

    def _create(self, plans: Sequence[ClientPlan]) -> None:
        """Make them in one transaction; if the database refuses that, each in its own."""
        try:
            self._planner.taken.update(self._writer.create(plans))
        except (IntegrityError, DataError) as problem:
            if len(plans) == 1:
                self._not_saved(plans[0], str(problem))
                return
            for plan in plans:
                self._create([plan])
        else:
            for plan in plans:
                self._count(plan)

    def _update(self, plan: ClientPlan) -> None:
        try:
            if plan.has_work:
                self._writer.update(plan)
        except StaleRecordError:
            self._not_saved(plan, _("Somebody saved this client meanwhile. Import again."))
        except HeldVisitsError as refusal:
            self._not_saved(plan, refusal.messages[0])
        except (IntegrityError, DataError) as problem:
            self._not_saved(plan, str(problem))
        else:
            self._count(plan)

    def _not_saved(self, plan: ClientPlan, message: str) -> None:
        for row in plan.draft.household.rows:
            self.issues.add(Kind.NOT_SAVED, message, row=row.number)
        self._count_refused(plan.draft)

    def _count(self, plan: ClientPlan) -> None:
        self._codes.look_at(plan)
        self.tally.clients[outcome(is_new=plan.client is None, values=plan.values)] += 1
        for pet in plan.pets:
            self.tally.pets[outcome(is_new=pet.pet is None, values=pet.values)] += 1
        draft, rows = plan.draft, self.tally.rows
        self.tally.pets["problems"] += len(draft.bad_pet_rows) + len(plan.refused_pets)
        rows["problems"] += len(draft.bad_pet_rows)
        rows["problems"] += sum(len(refused.rows) for refused in plan.refused_pets)
        rows["pets"] += len(plan.pets)
        rows["repeated"] += sum(len(pet.draft.rows) - 1 for pet in plan.pets)
        self._count_without_pet(draft)

    def _count_without_pet(self, draft: Draft) -> None:
        """Of the rows without a pet the first tells of the client, unless one with a pet did."""
        count = len(draft.rows_without_pet)
        if count:
            is_only_client = count == len(draft.household.rows)
            self.tally.rows["clients only"] += is_only_client
            self.tally.rows["repeated"] += count - is_only_client

    def _count_refused(self, draft: Draft) -> None:
        self.tally.clients["problems"] += 1
        self.tally.pets["problems"] += len(draft.pets) + len(draft.bad_pet_rows)
        self.tally.rows["problems"] += len(draft.household.rows)


def outcome(*, is_new: bool, values: object) -> str:
    if is_new:
        return "created"
    return "updated" if values else "unchanged"


def present_options() -> SiteOptions:
    """The company's options; where there are none yet the defaults, and none are made."""
    return SiteOptions._default_manager.filter(pk=1).first() or SiteOptions()


def surroundings() -> Surroundings:
    """What the company's settings and lists say; reads only."""
    options = present_options()
    region = options.phone_region
    return Surroundings(
        region=region,
        today=timezone.localdate(timezone=ZoneInfo(options.time_zone)),
        animals=tuple(options.animals),
        vets=Vets(region),
        sitters=Sitters(),
        territories=Territories(),
        tags=Tags(),
    )


def batches(items: Iterable[Household], size: int) -> Iterator[list[Household]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
