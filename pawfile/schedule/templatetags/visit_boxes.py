"""The boxes of the Master Schedule: a thousand on a day, each drawn with one pattern."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.template import Context
from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from pawfile.lib.bulk import Bulk
from pawfile.lib.markup import Pattern, escaped, filled, joined, literal
from pawfile.lib.money import format_money
from pawfile.lib.templatetags.components import icon
from pawfile.schedule.board import ANYONE, Box
from pawfile.schedule.lanes import OPEN_LANES, Cell, Lane
from pawfile.schedule.models import WORDS, VisitStatus

register = template.Library()

#: More chips than that in one cell of the week are a number that leads to the day.
MOST_CHIPS = 4
#: So many lanes of a day and cells of a week are kept as drawn: they are looked at all day.
DRAWN = 4_000
NOTHING = SafeString("")
DIALOG = SafeString(" data-dialog-url")
#: Nobody is given these any more: no button, and no dragging.
SETTLED = (VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED, VisitStatus.CANCELED)
#: Puts what comes back in the place of what has the same id.
OOB = SafeString(' hx-swap-oob="true"')
GONE = '<div id="visit-{pk}" hx-swap-oob="delete"></div>'
BOX = (
    '<li class="visit-box visit-{kind}" id="visit-%s" data-visit="%s" data-version="%s"'
    ' draggable="{drag}"><p class="visit-when"><strong>%s</strong>%s</p>'
    '<p class="visit-client"><a href="{url}" draggable="false">%s</a></p>%s'
    '<p class="visit-what">%s{training}</p>%s%s'
    '<p class="visit-foot">{status}%s</p></li>\n'
)
ASSIGN = (
    '<a class="visit-assign" href="{assign}" data-dialog-url draggable="false" aria-label="%s">'
    "{word}</a>"
)
BLOCK = ' <span class="soft">%s</span>'
PETS = '<p class="visit-pets">{paw}<span>%s</span></p>'
DECLINED = '<p class="visit-who">{text}</p>'
PLACE = '<p class="visit-place soft">%s</p>'
TRAINING = ' <span class="tag">{text}</span>'
LANE = (
    '<section class="lane{kind}" id="{id}" data-lane="{key}" data-day="{day}"{oob}>'
    '<header class="lane-head"><h2>{name}</h2> <span class="badge"{told}>{count}</span>{off}'
    "</header>"
)
LANE_END = SafeString("</section>\n")
BOXES, BOXES_END = SafeString('<ul class="lane-boxes">'), SafeString("</ul>")
FREE = '<p class="lane-none soft">{text}</p>'
OFF = ' <span class="tag lane-off">{icon}{text}</span>'
CHIP = (
    '<li><a class="visit-chip visit-{kind}" id="visit-{pk}" data-visit="{pk}"'
    ' data-version="{version}" draggable="{drag}" href="{url}"{dialog}'
    ' title="{title}"><span class="chip-when">{when}</span> {client}'
    '<span class="only-spoken">, {word}</span></a></li>'
)
CELL = '<td class="week-cell" id="{id}" data-lane="{key}" data-day="{day}"{oob}>{off}{body}</td>'
ROW = '<tr class="week-lane{kind}"><th scope="row" class="week-name">{name}</th>'
ROW_END = b"</tr>\n"
MORE = '<li><a class="chip-more" href="{url}">{text}</a></li>'
TABLE_ROW = (
    '<tr id="row-{pk}"><th scope="row" class="table-name" data-label="{h[0]}">'
    '<a href="{url}">{day}</a> <small class="name-note">{when}{block}</small></th>'
    '<td data-label="{h[1]}">{client}</td><td data-label="{h[2]}">{pets}</td>'
    '<td data-label="{h[3]}">{service}{training}</td>'
    '<td class="cell-sitter" data-label="{h[4]}">{sitter}</td>'
    '<td class="cell-status" data-label="{h[5]}">{status}</td>'
    '<td class="cell-money cell-price" data-label="{h[6]}">{price}</td>'
    '<td class="cell-buttons">{button}</td></tr>\n'
)
TABLE_BUTTON = (
    '<a class="button button-small" href="{assign}" data-dialog-url aria-label="{label}">{word}</a>'
)


@register.simple_tag(takes_context=True)
def lane_sections(context: Context, lanes: Iterable[Lane]) -> SafeString:
    """The lanes of a day, each with the boxes of its one cell."""
    said = common()
    return bulk_of(context).put([lane_section(lane.name, lane.cells[0], said) for lane in lanes])


def bulk_of(context: Context) -> Bulk:
    found: Bulk = context["bulk"]
    return found


@dataclass(frozen=True, eq=False, slots=True)
class Common:
    """What every box has in common, drawn once for a language: addresses with a hole, words,
    status pills. Equal to itself alone, so that what is drawn with it can be kept by it.

    ``boxes`` are patterns by status and by whether it is a training.
    """

    visit: str
    assign: str
    day: str
    word: str
    label: str
    declined: str
    training: SafeString
    off: SafeString
    pills: dict[str, SafeString]
    boxes: dict[tuple[str, bool], Pattern]
    pets: Pattern
    block: Pattern
    place: Pattern
    button: Pattern


def common() -> Common:
    return _common(get_language(), get_script_prefix())


@lru_cache(maxsize=8)
def _common(_language: str | None, _prefix: str) -> Common:
    visit = reverse("visit_detail", args=[0]).replace("/0/", "/{}/")
    assign = reverse("visit_assign", args=[0]).replace("/0/", "/{}/")
    word, training = gettext("Assign"), filled(TRAINING, text=gettext("Training"))
    boxes = {
        (status, is_training): Pattern(
            BOX.format(
                kind=status.replace("_", "-"),
                url=literal(visit).replace("{}", "%s"),
                training=literal(training) if is_training else "",
                status=literal(pill(status)),
                drag="false" if status in SETTLED else "true",
            )
        )
        for status in WORDS
        for is_training in (False, True)
    }
    return Common(
        visit=visit,
        assign=assign,
        day=reverse("schedule") + "?view=day&on={}&sitter={}",
        word=word,
        label=gettext("Assign %(client)s, %(when)s"),
        declined=gettext("%s declined"),
        training=training,
        off=filled(OFF, icon=icon("tree-palm"), text=gettext("Time off")),
        pills={status: pill(status) for status in WORDS},
        boxes=boxes,
        pets=Pattern(PETS.format(paw=literal(icon("paw-print")))),
        block=Pattern(BLOCK),
        place=Pattern(PLACE),
        button=Pattern(
            ASSIGN.format(assign=literal(assign).replace("{}", "%s"), word=literal(word))
        ),
    )


def pill(status: str, text: object = "") -> SafeString:
    kind = status.replace("_", "-")
    return filled(
        '<span class="pill pill-{kind}">{text}</span>', kind=kind, text=text or WORDS[status]
    )


def visit_box(box: Box, said: Common) -> SafeString:
    return said.boxes[box.status, box.is_training].fill(
        box.pk,
        box.pk,
        box.version,
        box.when,
        said.block.fill(box.block) if box.block else NOTHING,
        box.pk,
        box.client,
        said.pets.fill(box.pets) if box.pets else NOTHING,
        box.service,
        said.place.fill(box.place) if box.place else NOTHING,
        declined(box, said) if box.status == VisitStatus.DECLINED else NOTHING,
        NOTHING if box.status in SETTLED else said.button.fill(box.pk, label_of(box, said)),
    )


def label_of(box: Box, said: Common) -> str:
    return said.label % {"client": box.client, "when": box.when}


def declined(box: Box, said: Common) -> SafeString:
    return filled(DECLINED, text=said.declined % box.sitter) if box.sitter else NOTHING


@lru_cache(maxsize=DRAWN)
def lane_section(name: str, cell: Cell, said: Common, oob: SafeString = NOTHING) -> bytes:
    """A lane of a day."""
    count = len(cell.boxes)
    head = filled(
        LANE,
        kind=kind_of(cell.lane, is_free=not count),
        id=cell.id,
        key=cell.lane,
        day=cell.on.isoformat(),
        name=name,
        count=count,
        told=filled(' aria-label="{text}"', text=visits_text(count)),
        off=said.off if cell.is_off else NOTHING,
        oob=oob,
    )
    boxes = [visit_box(box, said) for box in cell.boxes]
    inside = [BOXES, *boxes, BOXES_END] if boxes else [none_in(cell.lane)]
    return joined([head, *inside, LANE_END]).encode()


def kind_of(lane: str, *, is_free: bool) -> str:
    return (" lane-open" if lane in OPEN_LANES else "") + (" lane-free" if is_free else "")


def visits_text(count: int) -> str:
    return gettext("1 visit") if count == 1 else gettext("%d visits") % count


def none_in(lane: str) -> SafeString:
    return filled(FREE, text=gettext("Nothing here") if lane in OPEN_LANES else gettext("Free"))


@register.simple_tag(takes_context=True)
def week_rows(context: Context, lanes: Iterable[Lane]) -> SafeString:
    """The rows of a week: a lane each, a cell a day."""
    said, drawn = common(), []
    for lane in lanes:
        kind = kind_of(lane.key, is_free=lane.is_free)
        drawn.append(filled(ROW, kind=kind, name=lane.name).encode())
        drawn += [week_cell(cell, said) for cell in lane.cells]
        drawn.append(ROW_END)
    return bulk_of(context).put(drawn)


@lru_cache(maxsize=DRAWN)
def week_cell(cell: Cell, said: Common, oob: SafeString = NOTHING) -> bytes:
    chips = [visit_chip(box, said) for box in cell.boxes[:MOST_CHIPS]]
    if (rest := len(cell.boxes) - MOST_CHIPS) > 0:
        day = said.day.format(cell.on.isoformat(), cell.lane)
        chips.append(filled(MORE, url=day, text=gettext("%d more") % rest))
    return filled(
        CELL,
        id=cell.id,
        key=cell.lane,
        day=cell.on.isoformat(),
        off=said.off if cell.is_off else NOTHING,
        body=filled('<ul class="chips-week">{chips}</ul>', chips=joined(chips)) if chips else "",
        oob=oob,
    ).encode()


def visit_chip(box: Box, said: Common) -> SafeString:
    is_settled = box.status in SETTLED
    return filled(
        CHIP,
        pk=box.pk,
        version=box.version,
        kind=box.status.replace("_", "-"),
        url=(said.visit if is_settled else said.assign).format(box.pk),
        dialog=NOTHING if is_settled else DIALOG,
        drag="false" if is_settled else "true",
        title=f"{box.when} {box.client} · {box.pets} · {box.service}",
        when=box.when.partition("–")[0],
        client=box.client.partition(",")[0],
        word=WORDS[box.status],
    )


@register.simple_tag
def visit_rows(
    boxes: Iterable[Box], columns: Iterable[tuple[str, object]], currency: str
) -> SafeString:
    """The rows of the table; ``columns`` are (sort, heading) of its head."""
    said = common()
    pattern = TABLE_ROW
    for place, (_sort, heading) in enumerate(columns):
        literal = escaped(heading).replace("{", "{{").replace("}", "}}")
        pattern = pattern.replace(f"{{h[{place}]}}", literal)
    return joined(
        filled(
            pattern,
            pk=box.pk,
            url=said.visit.format(box.pk),
            day=date_format(box.day, "D j M"),
            when=box.when,
            block=f" · {box.block}" if box.block else "",
            client=box.client,
            pets=box.pets,
            service=box.service,
            training=said.training if box.is_training else NOTHING,
            sitter=box.sitter or ("ANYONE" if box.lane == ANYONE else "–"),
            status=said.pills[box.status],
            price=format_money(box.price, currency),
            button=NOTHING if box.status in SETTLED else table_button(box, said),
        )
        for box in boxes
    )


def table_button(box: Box, said: Common) -> SafeString:
    url = said.assign.format(box.pk)
    return filled(TABLE_BUTTON, assign=url, label=label_of(box, said), word=said.word)


@register.simple_tag
def status_count(status: str, count: int) -> SafeString:
    """ "3 Assigned", with the shape and the colour of the status."""
    return pill(status, f"{count:,} {WORDS[status]}")


@register.simple_tag(takes_context=True)
def changed_lanes(context: Context, lanes: Iterable[Lane], pk: int, is_week: bool) -> SafeString:
    """What htmx puts in place after a visit was given to somebody: its old lane and its new one,
    on its day. Wherever else the box is shown, it goes."""
    said, drawn = common(), [filled(GONE, pk=pk).encode()]
    for lane in lanes:
        (cell,) = lane.cells
        if is_week:
            drawn += [b"<template>", week_cell(cell, said, OOB), b"</template>"]
        else:
            drawn.append(lane_section(lane.name, cell, said, OOB))
    return bulk_of(context).put(drawn)
