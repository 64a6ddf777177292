"""The rows of the client table: fifty on a page, each drawn with one pattern."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pawfile.lib.markup import escaped, filled, joined
from pawfile.lib.templatetags.components import icon, phone_link, status_pill
from pawfile.profiles.table import Row

register = template.Library()

#: A column's cell; ``{label}`` is its heading, for where the table is a stack of cards.
CELLS = {
    "name": '<th scope="row" class="table-name"><a href="{url}">{name}</a>{login}</th>',
    "pets": '<td class="cell-short" data-label="{label}" title="{pets}">{pets}</td>',
    "phone": '<td data-label="{label}">{phone}</td>',
    "address": '<td class="cell-address" data-label="{label}">{address}</td>',
    "status": '<td class="cell-status" data-label="{label}">{status}</td>',
    "sitters": '<td class="cell-optional cell-short" data-label="{label}"'
    ' title="{sitters}">{sitters}</td>',
    "next_visit": '<td class="cell-roomy" data-label="{label}">{next_visit}</td>',
}
#: The cell of any other field.
FIELD = '<td class="cell-short" data-label="{label}" title="{text}">{text}</td>'
MORE = "field_"
NOTHING, LOGIN = SafeString(""), '<small class="name-note">{text}</small>'
TICK = (
    '<td class="cell-tick"><label><input type="checkbox" name="client" value="{pk}" form="ticked"'
    ' aria-label="{tick}"></label></td>'
)
ARROW = (
    '<td class="cell-arrow"><a class="icon-button" href="{url}" data-expand="{url}row/"'
    ' aria-expanded="false" role="button" aria-label="{show}">{arrow}</a></td>'
)


@register.simple_tag
def client_rows(
    rows: Iterable[Row], columns: Iterable[tuple[str, object, str]], has_ticks: bool = False
) -> SafeString:
    """``columns`` are (key, heading, sort), as the head of the table has them. Ticks belong to the
    form of the bulk bar, which has the id "ticked"."""
    cells = [
        (CELLS.get(key) or FIELD.replace("{text}", f"{{{MORE}{key}}}")).replace(
            "{label}", literal(heading)
        )
        for key, heading, _sort in columns
    ]
    pattern = f'<tr data-client="{{pk}}">{TICK if has_ticks else ""}{"".join(cells)}{ARROW}</tr>\n'
    pattern = pattern.replace("{arrow}", literal(icon("chevron-down")))
    address = reverse("client_detail", args=[0]).replace("0", "{}")
    show, tick = gettext("Show %(name)s here"), gettext("Tick %(name)s")
    return joined(
        filled(
            pattern,
            pk=row.pk,
            url=address.format(row.pk),
            name=row.name,
            pets=", ".join(row.pets),
            phone=phone_link(row.phone, row.dial),
            address=row.address,
            status=status_pill(row.status),
            login=filled(LOGIN, text=row.login) if row.login else NOTHING,
            sitters=", ".join(row.sitters),
            next_visit=row.next_visit,
            show=show % {"name": row.name},
            tick=tick % {"name": row.name},
            **{MORE + key: text for key, text in row.more.items()},
        )
        for row in rows
    )


def literal(value: object) -> str:
    """The value as part of a pattern: escaped, and without holes of its own."""
    return escaped(value).replace("{", "{{").replace("}", "}}")
