"""From the headings of a table to what its columns fill, and how sure that is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from pawfile.imports.asked import DROPPED, asked_for, fixed_sources, is_password
from pawfile.imports.columns import Column
from pawfile.imports.composites import BY_TARGET
from pawfile.imports.evidence import has_markup, speaks_against
from pawfile.imports.guessing import by_the_others, confidence_of, guessed, sorted_by_fit
from pawfile.imports.layout import (
    CLIENT_NAMES,
    REMARK_HEADING,
    SURE,
    Layout,
    MappingError,
    Proposal,
    Source,
)
from pawfile.imports.link_columns import VetPartColumn
from pawfile.imports.presets import PresetTable, compact, preset_for
from pawfile.imports.targets import CLIENT_ID, PET_OWNER

_SAMPLES = 5


def lay_out(
    headings: Sequence[str],
    columns: Mapping[str, Column],
    *,
    mapped: Iterable[str] = (),
    fixed: Iterable[str] = (),
    samples: Sequence[Sequence[str]] = (),
    title: str = "",
    day_first: Mapping[str, bool] | None = None,
    keeps_markup: bool = False,
) -> Layout:
    """Give each heading its column: as ``mapped`` says ("Heading=target"), as a preset says, else
    by its words and ``samples``, some rows of the table.

    A mapping without a target leaves a heading to the extras, "Heading=-" leaves it out;
    ``fixed`` ("target=text") fills a column with one text in every row. Raises ``MappingError``.
    """
    layout = Layout(list(headings), title=title)
    layout.proposals = [
        Proposal(heading, index, samples=shown_samples(samples, index))
        for index, heading in enumerate(headings)
    ]
    preset = preset_for(headings)
    is_html = preset.has_html if preset else has_markup(samples)
    layout.has_html = is_html and not keeps_markup
    asked = asked_for(headings, columns, mapped)
    for target, source in fixed_sources(columns, fixed).items():
        layout.sources[target] = [source]
        layout.filled[target] = source.heading
    for heading, targets in asked.items():
        layout.is_id_asked_for |= CLIENT_ID in targets
        for target in targets:
            if target == DROPPED:
                layout.proposals[layout.headings.index(heading)].is_dropped = True
            else:
                put(layout, heading, target, columns, confidence=100)
        if not targets and is_login_password(heading, columns):
            refuse(layout, layout.proposals[layout.headings.index(heading)])
    done = {*asked, REMARK_HEADING}
    for proposal in layout.proposals:
        proposal.is_dropped |= proposal.heading == REMARK_HEADING and proposal.heading not in asked
    if preset:
        layout.preset, layout.has_visits = preset.preset, preset.kind == "visits"
        done |= put_preset(layout, preset, columns, skipping=done)
    put_guesses(layout, columns, samples, skipping=done)
    leave_useless_out(layout)
    keep_the_rest(layout)
    by_preset = preset.day_first if preset else None
    for target, sources in layout.sources.items():
        layout.sources[target] = [in_order(each, day_first or {}, by_preset) for each in sources]
    return layout


def in_order(source: Source, day_first: Mapping[str, bool], by_preset: bool | None) -> Source:
    """With the order of day and month that a person has said, else the program's."""
    order = day_first.get(source.heading, by_preset)
    return replace(source, day_first=order) if source.column.has_days else source


def shown_samples(samples: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = (row[index].strip() for row in samples if index < len(row))
    return list(dict.fromkeys(cell[:200] for cell in cells if cell))[:_SAMPLES]


def put_preset(
    layout: Layout, preset: PresetTable, columns: Mapping[str, Column], *, skipping: set[str]
) -> set[str]:
    """Fill what the preset says; the headings it knows."""
    known = set()
    for heading in layout.headings:
        targets = preset.columns.get(compact(heading))
        if targets is None or heading in skipping:
            continue
        known.add(heading)
        for target in targets:
            if is_password(heading, target, columns) or target not in {*columns, *BY_TARGET}:
                known.discard(heading)
            else:
                put(layout, heading, target, columns, confidence=99, day_first=preset.day_first)
    return known


def put_guesses(
    layout: Layout,
    columns: Mapping[str, Column],
    samples: Sequence[Sequence[str]],
    *,
    skipping: set[str],
) -> None:
    guesses = guessed(layout.headings, columns, skipping=skipping)
    guesses = by_the_others(guesses, filled=layout.filled)
    for heading, guess_of_it in sorted_by_fit(guesses):
        target = guess_of_it[1] if guess_of_it else ""
        proposal = layout.proposals[layout.headings.index(heading)]
        if is_password(heading, target, columns):
            refuse(layout, proposal)
            continue
        if not guess_of_it:
            continue
        confidence = confidence_of(guess_of_it[0])
        cells = [row[proposal.index] for row in samples if proposal.index < len(row)]
        if target == "client.email" and any(cell.count("@") > 1 for cell in cells):
            target = "client.emails"
        if target in columns and speaks_against(columns[target], cells):
            confidence = min(confidence, 40)
        proposal.targets, proposal.confidence = [target], confidence
        if confidence < SURE:
            continue
        other = taken_by(layout, target)
        if other:
            proposal.targets, proposal.confidence = [], 0
            layout.left_out.append(
                _("%(heading)s (%(target)s is filled by “%(other)s”)")
                % {"heading": heading, "target": target, "other": other}
            )
        else:
            put(layout, heading, target, columns, confidence=confidence)


def is_login_password(heading: str, columns: Mapping[str, Column]) -> bool:
    """Whether a heading that was given no target is of passwords, and of no code of the vault."""
    if not is_password(heading, "", columns):
        return False
    guess = guessed([heading], columns, skipping=set())[heading]
    return is_password(heading, guess[1] if guess else "", columns)


def refuse(layout: Layout, proposal: Proposal) -> None:
    layout.refused.append(proposal.heading)
    proposal.is_refused, proposal.samples = True, []


def taken_by(layout: Layout, target: str) -> str:
    """The heading that fills this, or the first part of it, directly."""
    composite = BY_TARGET.get(target)
    if composite is None or target in layout.filled:
        return layout.filled.get(target, "")
    return layout.filled.get(composite.targets()[0], "")


def put(
    layout: Layout,
    heading: str,
    target: str,
    columns: Mapping[str, Column],
    *,
    confidence: int,
    day_first: bool | None = None,
) -> None:
    """Let the heading fill the target. Of a preset several may fill one: they are put together."""
    index = layout.headings.index(heading)
    proposal = layout.proposals[index]
    if target not in proposal.targets or not proposal.is_used:
        proposal.targets = [*(proposal.targets if proposal.is_used else ()), target]
    proposal.confidence, proposal.is_used = confidence, True
    other = layout.filled.setdefault(target, heading)
    if other != heading and confidence == 100:
        raise MappingError(
            _("“%(one)s” and “%(other)s” would both fill %(target)s. Map one of them elsewhere.")
            % {"one": other, "other": heading, "target": target}
        )
    composite = BY_TARGET.get(target)
    if composite is None:
        has_days = columns[target].has_days
        source = Source(columns[target], heading, index, day_first=day_first if has_days else None)
        layout.sources.setdefault(target, []).insert(
            sum(1 for each in layout.sources.get(target, ()) if each.composite is None), source
        )
        return
    label = label_beside(layout.headings, heading) if composite.is_labelled else None
    if composite.is_labelled and label is None:
        composite = BY_TARGET["client.emails" if "email" in target else "client.phones"]
    for part in composite.targets():
        source = Source(columns[part], heading, index, composite=composite, label_index=label)
        filling = layout.sources.setdefault(part, [])
        filling.insert(0 if composite.goes_first else len(filling), source)


def label_beside(headings: Sequence[str], heading: str) -> int | None:
    """Of "E-mail 1 - Value" the place of "E-mail 1 - Label" or "… - Type"."""
    for word in ("Label", "Type"):
        other = re.sub(r"\bValue\b", word, heading)
        if other != heading and other in headings:
            return headings.index(other)
    return None


def leave_useless_out(layout: Layout) -> None:
    """Columns of pets without the pets' names are of no use, nor is the phone of no vet."""
    for target, sources in list(layout.sources.items()):
        is_nameless_pet = sources[0].column.subject == "pet" and not layout.has("pet.name")
        is_part = isinstance(sources[0].column, VetPartColumn)
        if is_nameless_pet or (is_part and not layout.has(target.rpartition("_")[0])):
            del layout.sources[target]
    used = {source.heading for sources in layout.sources.values() for source in sources}
    for proposal in layout.proposals:
        if proposal.is_used and proposal.heading not in used:
            proposal.is_used, proposal.confidence = False, 0


def keep_the_rest(layout: Layout) -> None:
    """Every column that fills nothing is kept among the extras, but for those of passwords."""
    told = {entry.partition(" (")[0] for entry in layout.left_out}
    for proposal in layout.proposals:
        if proposal.is_used or proposal.is_refused or proposal.is_dropped:
            continue
        layout.extras.append(proposal.index)
        if proposal.heading not in told and proposal.heading not in layout.left_out:
            layout.left_out.append(proposal.heading)


def let_owners_join(layouts: Sequence[Layout]) -> None:
    """In a table of pets the name or id of the client is a reference when another has the clients.

    A table "Owner, Name, Animal" alone makes clients of its owners; one that knows them by an id
    alone refers to clients in the book.
    """
    clients = [each for each in layouts if each.kind == "clients" and not each.has("pet.name")]
    codes = [headings_of_codes(layout) for layout in layouts]
    telling = {"client.cell_phone", "client.email", "client.street"}
    for layout in layouts:
        is_mixed = layout.kind == "clients" and layout.has("pet.name")
        is_nameless = not layout.has(*CLIENT_NAMES) and not layout.is_id_asked_for
        if not is_mixed or layout.has(*telling) or not (clients or is_nameless):
            continue
        for target in (CLIENT_ID, "client.last_name"):
            sources = layout.sources.get(target, [])
            if len(sources) == 1 and (target == CLIENT_ID or sources[0].composite):
                reference = replace(sources[0], column=owner_column(sources[0]), composite=None)
                for each in [key for key in layout.sources if key.startswith("client.")]:
                    del layout.sources[each]
                layout.sources[PET_OWNER] = [reference]
                break
    for layout, headings in zip(layouts, codes, strict=True):
        if layout.kind != "clients":
            leave_clients_out(layout, codes=headings)


def headings_of_codes(layout: Layout) -> set[str]:
    every = (source for sources in layout.sources.values() for source in sources)
    return {source.heading for source in every if source.column.is_secret}


def leave_clients_out(layout: Layout, *, codes: set[str]) -> None:
    """Rows of pets, keys or vets do not fill a client's fields: such texts are kept as extras,
    but for codes, which no extra may hold."""
    for target, sources in list(layout.sources.items()):
        if target.startswith("client.") and sources[0].column.field is not None:
            del layout.sources[target]
    filling = {source.heading for sources in layout.sources.values() for source in sources}
    for proposal in layout.proposals:
        if proposal.is_used and proposal.heading not in filling:
            proposal.is_used, proposal.confidence = False, 0
            proposal.is_dropped = proposal.heading in codes
            if not proposal.is_dropped:
                layout.extras.append(proposal.index)
                layout.left_out.append(proposal.heading)


def owner_column(source: Source) -> Column:
    column = source.column
    return type(column)(
        PET_OWNER, names=(), max_length=column.max_length, surroundings=column.around
    )


def check_names(layout: Layout) -> None:
    """Raise ``MappingError`` unless clients, and pets if there are any, can have their names."""
    if layout.has_visits:
        raise MappingError(_("This is a list of visits. Visits cannot be imported."))
    missing = [target for target in CLIENT_NAMES if not layout.has(target)]
    if layout.kind == "clients" and missing and not layout.names_clients_by_id:
        raise MappingError(
            _("No column has %(names)s. Map one: --map 'Heading=%(target)s', or an id "
              "that every client has: --map 'Heading=client.source_id'.")
            % {"names": _(" and ").join(missing), "target": missing[0]}
        )  # fmt: skip
    if layout.has("pet.name") and not layout.has("pet.animal"):
        raise MappingError(
            _("No column says what animal the pets are. Map one: --map 'Heading=pet.animal', or "
              "say it for all: --set 'pet.animal=Dog'.")
        )  # fmt: skip
