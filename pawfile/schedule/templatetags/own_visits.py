"""A client's own visits: boxes of those to come, lines of those that are over.

They are kept as drawn, found by everything that is drawn in them. Tokens of forms are not kept.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from pawfile.lib.markup import Pattern, joined, lines, literal
from pawfile.lib.templatetags.components import avatar, icon, status_pill
from pawfile.schedule.models import Answer, Ask
from pawfile.schedule.own_visits import OwnVisit

register = template.Library()

#: So many boxes and lines are kept as drawn.
DRAWN = 10_000
NOTHING = SafeString("")
BOX = Pattern(
    '<article class="card stop" data-visit="%s" data-status="%s"><header class="stop-head">'
    '<p class="visit-time"><time datetime="%s">%s</time> %s</p>%s</header>'
    "%s<p>%s</p>%s%s%s%s"
)
BOX_END = SafeString("</article>\n")
TITLE, PLAIN_TITLE = Pattern("<h3>%s</h3>"), Pattern("<h2>%s</h2>")
SITTER = Pattern('<p class="person">%s<span>%s</span></p>')
ANSWER = Pattern(
    '<div><p class="soft">%s</p><blockquote class="request-words">%s</blockquote></div>'
)
PARAGRAPH = Pattern("<p>%s</p>")
BUTTONS = (
    '<p class="button-group"><a class="button" href="{change}">{pencil}%s'
    '<span class="only-spoken"> %s</span></a><a class="button button-quiet" href="{cancel}">%s'
    '<span class="only-spoken"> %s</span></a></p>'
)
TAKE_BACK = (
    '<form method="post" action="{url}">%s<button class="button" type="submit">{undo}{word}'
    '<span class="only-spoken"> %s</span></button></form>'
)
MARK = (
    '<a class="journal-mark%s" href="{url}">{icon}%s<span class="only-spoken"> %s</span></a>'
)  # fmt: skip
UNSEEN = SafeString(" unseen")
LINE = Pattern(
    '<li data-visit="%s"><span><time datetime="%s">%s</time> %s%s%s</span>'
    '<span class="own-end">%s%s</span></li>'
)
SOFT = Pattern(' <span class="soft">%s</span>')


class Common(NamedTuple):
    """What boxes have in common, drawn once: addresses with a hole, and words."""

    buttons: Pattern
    take_back: Pattern
    mark: Pattern


def common() -> Common:
    return _common(get_language(), get_script_prefix())


@lru_cache(maxsize=8)
def _common(_language: str | None, _prefix: str) -> Common:
    return Common(
        buttons=Pattern(
            BUTTONS.format(
                change=address("own_visit_change"),
                pencil=literal(icon("pencil")),
                cancel=address("own_visit_cancel"),
            )
        ),
        take_back=Pattern(
            TAKE_BACK.format(
                url=address("own_visit_take_back"),
                undo=literal(icon("undo-2")),
                word=literal(gettext("Take back")),
            )
        ),
        mark=Pattern(
            MARK.format(url=address("journal_detail"), icon=literal(icon("notebook-pen")))
        ),
    )


def address(name: str) -> str:
    """The address with a hole instead of the id."""
    return literal(reverse(name, args=[0])).replace("/0/", "/%s/")


@register.simple_tag(takes_context=True)
def own_boxes(context: Context, visits: Iterable[OwnVisit]) -> SafeString:
    """The visits to come, with what can be done with them."""
    words, drawn = (get_language(), get_script_prefix()), []
    for own in visits:
        drawn.append(_box(own, *words))
        if own.can_take_back:
            token = CsrfTokenNode().render(context)
            drawn.append(common().take_back.fill(own.pk, token, spoken(own)))
        drawn.append(BOX_END)
    return joined(drawn)


@register.simple_tag
def own_box(own: OwnVisit) -> SafeString:
    """The visit of a page about it alone: only what it is."""
    told = own._replace(can_change=False, reply="", journal=None)
    return joined([_box(told, get_language(), get_script_prefix(), PLAIN_TITLE), BOX_END])


@lru_cache(maxsize=DRAWN)
def _box(
    own: OwnVisit, language: str | None, prefix: str, title: Pattern = TITLE
) -> SafeString:  # fmt: skip
    """Up to its end, where a form may follow."""
    return BOX.fill(
        own.pk,
        own.status,
        own.on.isoformat(),
        date_format(own.on, "D j M"),
        own.when,
        status_pill(own.status),
        title.fill(own.service),
        " · ".join(filter(None, [own.pets, own.price])),
        sitter(own) if own.sitter else NOTHING,
        answer(own) if own.reply else NOTHING,
        PARAGRAPH.fill(mark_of(own)) if own.journal is not None else NOTHING,
        buttons(own) if own.can_change else NOTHING,
    )


def sitter(own: OwnVisit) -> SafeString:
    return SITTER.fill(avatar(own.sitter), gettext("%(sitter)s comes") % {"sitter": own.sitter})


def answer(own: OwnVisit) -> SafeString:
    ask, said = own.answered
    words = {"ask": Ask(ask).label, "answer": Answer(said).label}
    told = gettext("%(ask)s: %(answer)s. The office writes:") % words
    return ANSWER.fill(told, lines(own.reply))


def buttons(own: OwnVisit) -> SafeString:
    change = gettext("Change") if own.is_requested else gettext("Ask for a change")
    cancel = gettext("Withdraw") if own.is_requested else gettext("Cancel")
    which = spoken(own)
    return common().buttons.fill(own.pk, change, which, own.pk, cancel, which)


def spoken(own: OwnVisit) -> str:
    return f"{own.service}, {date_format(own.on, 'D j M')}"


@register.simple_tag
def journal_mark(pk: int, is_new: bool, on: date) -> SafeString:
    """The way to the journal of a visit: filled while this login has not read it."""
    word, unseen = (gettext("New journal"), UNSEEN) if is_new else (gettext("Journal"), NOTHING)
    return common().mark.fill(unseen, pk, word, date_format(on, "D j M"))


def mark_of(own: OwnVisit) -> SafeString:
    return NOTHING if own.journal is None else journal_mark(own.journal, own.is_new, own.on)


@register.simple_tag
def own_lines(visits: Iterable[OwnVisit]) -> SafeString:
    """The visits that are over."""
    words = get_language(), get_script_prefix()
    return joined([_line(own, *words) for own in visits])


@lru_cache(maxsize=DRAWN)
def _line(own: OwnVisit, language: str | None, prefix: str) -> SafeString:
    came = gettext("with %(sitter)s") % {"sitter": own.sitter}
    return LINE.fill(
        own.pk,
        own.on.isoformat(),
        date_format(own.on, "D j M Y"),
        own.service,
        SOFT.fill(own.pets) if own.pets else NOTHING,
        SOFT.fill(came) if own.sitter else NOTHING,
        mark_of(own),
        status_pill(own.status),
    )
