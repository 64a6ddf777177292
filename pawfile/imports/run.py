"""One import: read files, put their rows together, look at what is there, write, count."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from pawfile.fields.catalogue import catalogues
from pawfile.history.models import StaleRecordError
from pawfile.imports.asked import has_heading
from pawfile.imports.choices import day_orders, keeps_markup, owner_answers
from pawfile.imports.codes import CodeWatch
from pawfile.imports.drafts import Draft
from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind, row_list
from pawfile.imports.journal import Journal
from pawfile.imports.layout import Layout, MappingError
from pawfile.imports.mapping import check_names, lay_out, let_owners_join
from pawfile.imports.models import ImportJob
from pawfile.imports.new_fields import new_columns, wanted_by
from pawfile.imports.outcome import (
    Outcome,
    RowOutcome,
    outcomes_of,
    place,
    refused_row,
)
from pawfile.imports.plan import ClientPlan, Planner
from pawfile.imports.reading import Reader
from pawfile.imports.resembling import note_alike
from pawfile.imports.rows import Grouping, Household, Row
from pawfile.imports.surroundings import present_options, surroundings
from pawfile.imports.targets import CLIENT_ID, targets
from pawfile.imports.tidy import Tidy
from pawfile.imports.writing import Writer
from pawfile.lib.garbage import fewer_collections
from pawfile.lib.tables import Table, open_tables
from pawfile.profiles.blocking import HeldVisitsError, held_by

BATCH = 500
"""Households looked up and made at once."""

Progress = Callable[[int, int], None]
OnSaved = Callable[[Sequence[RowOutcome]], None]


@dataclass(slots=True)
class Tally:
    """How a run went. Every row is in ``rows`` once, whatever became of it."""

    clients: Counter[str] = field(default_factory=Counter)
    pets: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)


class ImportRun:
    """Opens the files of one source together and lays out their columns.

    What pages and the command build on:

    - ``ImportRun(paths, mapped=, fixed=, choices=, is_dry=)``: one path or several. ``mapped`` are
      "Heading=target" for every table that has the heading, or table title → such entries.
      ``choices`` answer questions, see ``choices.py``. Raises ``SheetError`` and ``MappingError``
      if a file or the mapping cannot be used; nothing has been written then. With
      ``lenient=True`` tables without what they need stay, and ``passed_over`` says what that is,
      so that a page can show the columns. With ``job`` the import can be undone.
    - ``tables`` and, in the same order, ``layouts``: per table ``title``, ``preset``, ``kind`` and
      ``proposals``, one for each column: heading, targets, confidence 0 to 100, whether it is used,
      some cells. ``columns`` and ``composites.COMPOSITES`` are what can be chosen.
    - ``plan_rows()``: a ``RowOutcome`` for each row, with differences and remarks; writes nothing.
      Use a run of its own for it: a run is read once.
    - ``run(progress)``: does the work and may be interrupted; what ``tally`` counts is saved.
    - ``run_rows(on_saved)``: the same, with a ``RowOutcome`` for each row that says what became of
      it. ``on_saved`` is called inside each transaction with the rows that it saves.
    - ``issues``: all remarks of ``run``; those with ``options`` are questions. The rows have
      their own.
    """

    def __init__(
        self,
        paths: Path | Sequence[Path],
        *,
        mapped: Iterable[str] | Mapping[str, Iterable[str]] = (),
        fixed: Iterable[str] = (),
        choices: Mapping[str, str] | None = None,
        is_dry: bool = False,
        lenient: bool = False,
        job: ImportJob | None = None,
    ) -> None:
        self.is_dry = is_dry
        self.issues = Issues()
        self.tally = Tally()
        self.choices = choices or {}
        self.passed_over: list[tuple[str, str]] = []
        """Tables that are none of clients, pets, keys or vets, and why."""
        around = surroundings()
        self.columns = targets(around) | new_columns(wanted_by(mapped), around)
        self.region = around.region
        every = [paths] if isinstance(paths, Path) else list(paths)
        self.tables, self.layouts = self._lay_out(every, mapped, list(fixed), lenient=lenient)
        self._reader = Reader(self.layouts, self.issues, around.vets)
        self._on_saved: OnSaved | None = None
        self._planned: dict[tuple[int, int], list[RowOutcome]] = {}
        self._planner = Planner(
            self.layouts,
            self.issues,
            columns=self.columns,
            region=around.region,
            sitters=around.sitters,
        )
        options = present_options()
        self._writer = Writer(
            self._planner.columns, options=options, sitters=around.sitters, journal=Journal(job)
        )
        self._codes = CodeWatch(self.layouts, self.issues, catalogues(options))
        self._grouping = Grouping(
            self.layouts,
            self.issues,
            region=around.region,
            answers=owner_answers(self.choices),
        )

    def _lay_out(
        self,
        paths: Sequence[Path],
        mapped: Iterable[str] | Mapping[str, Iterable[str]],
        fixed: Sequence[str],
        *,
        lenient: bool,
    ) -> tuple[list[Table], list[Layout]]:
        tables = [table for path in paths for table in open_tables(path)]
        by_title = mapped if isinstance(mapped, Mapping) else None
        entries = [] if by_title is not None else list(mapped)
        layouts = []
        for table in tables:
            own = list(by_title.get(table.title, ())) if by_title is not None else entries
            if len(tables) > 1 and by_title is None:
                own = [entry for entry in entries if has_heading(table.headings, entry)]
            layouts.append(
                lay_out(
                    table.headings,
                    self.columns,
                    mapped=own,
                    fixed=fixed,
                    samples=[cells for _number, cells in table.samples],
                    title=table.title,
                    day_first=day_orders(self.choices, table.title),
                    keeps_markup=keeps_markup(self.choices, table.title),
                )
            )
        let_owners_join(layouts)
        return self._checked(tables, layouts, lenient=lenient)

    def _checked(
        self, tables: list[Table], layouts: list[Layout], *, lenient: bool
    ) -> tuple[list[Table], list[Layout]]:
        """Those that can be used. Of one table or of none the reason is raised."""
        refusals: list[MappingError] = []
        kept: list[tuple[Table, Layout]] = []
        for table, layout in zip(tables, layouts, strict=True):
            try:
                check_names(layout)
            except MappingError as refusal:
                refusals.append(refusal)
                self.passed_over.append((table.title, str(refusal)))
                if not lenient:
                    continue
            kept.append((table, layout))
        is_nothing_left = all(layout.kind == "vets" for _table, layout in kept)
        if refusals and is_nothing_left and not lenient:
            raise refusals[0]
        return [table for table, _layout in kept], [layout for _table, layout in kept]

    def run(self, progress: Progress | None = None) -> None:
        """Import everything. What ``tally`` counts is saved, also when this is interrupted."""
        done = 0
        for plans, refused in self._plans():
            for draft in refused:
                self._count_refused(draft)
            self._save(plans)
            done += len(plans) + len(refused)
            if progress:
                progress(done, self._grouping.spool.count())
        if not self.is_dry:
            self._writer.save_vets(self._reader.listed_vets)

    def plan_rows(self) -> Iterator[RowOutcome]:
        """What would become of each row. Rows of one client come together; writes nothing."""
        return self._rows(saves=False)

    def run_rows(self, on_saved: OnSaved | None = None) -> Iterator[RowOutcome]:
        """Import everything and tell what became of each row; work goes on as this is read."""
        self._on_saved = on_saved
        yield from self._rows(saves=True)
        self._writer.save_vets(self._reader.listed_vets)

    def _rows(self, *, saves: bool) -> Iterator[RowOutcome]:
        for plans, refused in self._plans():
            outcomes = [refused_row(row) for row in self._passing_refused()]
            for draft in refused:
                outcomes += [refused_row(row) for row in draft.household.rows]
            self._planned = {plan_key(plan): list(self._outcomes_of(plan)) for plan in plans}
            outcomes += [row for rows in self._planned.values() for row in rows]
            if saves:
                for draft in refused:
                    self._count_refused(draft)
                self._save(plans)
            else:
                self._look_at_all(plans)
            places = [(self.layouts[row.sheet].title, row.number) for row in outcomes]
            remarks = self.issues.take(places)
            for where, outcome in zip(places, outcomes, strict=True):
                outcome.issues = remarks.get(where, [])
                if any(issue.kind == Kind.NOT_SAVED for issue in outcome.issues):
                    outcome.outcome = Outcome.PROBLEM
                yield outcome

    def _outcomes_of(self, plan: ClientPlan) -> Iterator[RowOutcome]:
        return outcomes_of(plan, self._planner.columns)

    def _tell_saved(self, plans: Sequence[ClientPlan]) -> None:
        if self._on_saved:
            rows = [row for plan in plans for row in self._planned[plan_key(plan)]]
            self._on_saved(rows)

    def _passing_refused(self) -> list[Row]:
        """Rows refused since this was asked last."""
        refused = self._grouping.refused
        rows = list(refused)
        refused.clear()
        return rows

    def _plans(self) -> Iterator[tuple[list[ClientPlan], list[Draft]]]:
        """All households, a batch at a time, with what is to be done; one batch at least."""
        batch: list[Household]
        is_first = True
        with fewer_collections():
            self._read()
            for batch in batches(self._grouping.households(), BATCH):
                is_first = False
                yield self._planner.plan([self._reader.draft(household) for household in batch])
        if is_first:
            yield [], []

    def _read(self) -> None:
        """Read all tables and put their rows together."""
        grouping = self._grouping
        order = {"vets": 0, "clients": 1}
        for sheet in sorted(
            range(len(self.tables)), key=lambda each: order.get(self.layouts[each].kind, 2)
        ):
            table, layout = self.tables[sheet], self.layouts[sheet]
            tidy = Tidy(layout, self.issues)
            for number, cells in table:
                row = Row(number, tidy.row(number, cells), sheet)
                if layout.kind == "vets":
                    self.tally.rows["vets" if self._reader.read_vet(row) else "problems"] += 1
                else:
                    grouping.add(row)
            self.tally.rows["blank"] += table.blank_rows
        grouping.finish()
        self.tally.rows["blank"] += grouping.passed_over
        for row in grouping.refused:
            is_client = self.layouts[row.sheet].kind == "clients"
            self.tally.clients["problems"] += is_client
            self.tally.rows["problems"] += 1
            is_key = self.layouts[row.sheet].kind == "keys"
            self.tally.pets["problems"] += not is_key and self._reader.has_pet(row)
        if any(layout.names_clients_by_id for layout in self.layouts):
            self._note_repeated_ids()

    def _note_repeated_ids(self) -> None:
        """Where only an id says that rows are of one client, say which rows those are."""
        for household in self._grouping.households(with_several_rows=True):
            layout = self.layouts[household.rows[0].sheet]
            self.issues.add(
                Kind.REPEATED_ID,
                _("One client of %s.") % row_list(household.numbers),
                row=household.rows[1].number,
                column=layout.heading_of(CLIENT_ID),
                value=household.source_id,
                table=layout.title,
            )

    def _save(self, plans: Sequence[ClientPlan]) -> None:
        if self.is_dry:
            self._look_at_all(plans)
            return
        self._writer.make_vets(plans)
        self._create([plan for plan in plans if plan.client is None])
        for plan in plans:
            if plan.client is not None:
                self._update(plan)

    def _look_at_all(self, plans: Sequence[ClientPlan]) -> None:
        note_alike(plans, self.layouts, self.issues, region=self.region)
        for plan in plans:
            self._look_at(plan)

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
            with transaction.atomic():
                self._planner.taken.update(self._writer.create(plans))
                self._tell_saved(plans)
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
                with transaction.atomic():
                    self._writer.update(plan)
                    self._tell_saved([plan])
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
            title = self.layouts[row.sheet].title
            self.issues.add(Kind.NOT_SAVED, message, row=row.number, table=title)
        self._count_refused(plan.draft)

    def _count(self, plan: ClientPlan) -> None:
        self._codes.look_at(plan)
        self.tally.clients[outcome(is_new=plan.client is None, changes=plan.has_changes)] += 1
        for pet in plan.pets:
            self.tally.pets[outcome(is_new=pet.pet is None, changes=pet.has_changes)] += 1
        draft, rows = plan.draft, self.tally.rows
        self.tally.pets["problems"] += len(draft.bad_pet_rows) + len(plan.refused_pets)
        rows["problems"] += len(draft.bad_pet_rows)
        rows["problems"] += sum(len(refused.rows) for refused in plan.refused_pets)
        rows["pets"] += len(plan.pets)
        rows["repeated"] += sum(len(pet.draft.rows) - 1 for pet in plan.pets)
        refused = {place(key.row) for key in plan.refused_keys}
        bad_keys = sum(place(row) in refused for row in draft.key_rows)
        rows["problems"] += bad_keys
        if draft.key_rows:
            rows["keys"] += len(draft.key_rows) - bad_keys
        self._count_without_pet(draft)

    def _count_without_pet(self, draft: Draft) -> None:
        """Of the rows without a pet the first tells of the client, unless one with a pet did."""
        count = len(draft.rows_without_pet)
        if count:
            others = len(draft.household.rows) - len(draft.key_rows)
            is_only_client = count == others
            self.tally.rows["clients only"] += is_only_client
            self.tally.rows["repeated"] += count - is_only_client

    def _count_refused(self, draft: Draft) -> None:
        self.tally.clients["problems"] += 1
        self.tally.pets["problems"] += len(draft.pets) + len(draft.bad_pet_rows)
        self.tally.rows["problems"] += len(draft.household.rows)


def plan_key(plan: ClientPlan) -> tuple[int, int]:
    """The place of the client's first row."""
    return place(plan.draft.household.rows[0])


def outcome(*, is_new: bool, changes: bool) -> str:
    if is_new:
        return "created"
    return "updated" if changes else "unchanged"


def batches(items: Iterable[Household], size: int) -> Iterator[list[Household]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
