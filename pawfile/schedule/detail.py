"""One visit as somebody may see it: what is said of it, and which buttons there are."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.options.models import SiteOptions
from pawfile.profiles import table
from pawfile.profiles.display import WAY_IN
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.vaccinations import rows_of
from pawfile.schedule.journals import journals_of, may_write
from pawfile.schedule.key_notices import without_key
from pawfile.schedule.models import Visit, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.own_visits import own_status
from pawfile.schedule.recurrence import words_of
from pawfile.schedule.since import News, has_news, news_of
from pawfile.schedule.times import clock_text
from pawfile.schedule.vaccines import vaccines_at

S = VisitStatus
#: A profile shows so many visits at once.
MOST_UPCOMING = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A button: the address it leads to, its words, and whether pressing it is enough (POST)."""

    verb: str
    label: Any
    icon: str
    is_post: bool = True

    @property
    def address(self) -> str:
        return f"visit_{self.verb}"


ACCEPT = Step("accept", _("Accept"), "check")
DECLINE = Step("decline", _("Decline"), "x", is_post=False)
ARRIVE = Step("arrive", _("Arrived"), "door-open")
COMPLETE = Step("complete", _("Complete"), "circle-check")
ASSIGN = Step("assign", _("Assign"), "user-check", is_post=False)
EDIT = Step("edit", _("Edit"), "pencil", is_post=False)
JOURNAL = Step("journal", _("Journal"), "notebook-pen", is_post=False)
COPY = Step("copy", _("Copy"), "copy", is_post=False)
CANCEL = Step("cancel", _("Cancel visit"), "ban", is_post=False)
UNAVAILABLE = Step("unavailable", _("Unavailable"), "circle-minus")
DELETE = Step("delete", _("Delete"), "trash-2", is_post=False)
NOT_COMPLETED = Step("restore", _("Not completed yet"), "undo-2")
NOT_ARRIVED = Step("restore", _("Not arrived yet"), "undo-2")
RESTORE = Step("restore", _("Restore"), "undo-2")

#: The buttons of each state.
OF_SITTERS: dict[VisitStatus, list[Step]] = {
    S.ASSIGNED: [ACCEPT, DECLINE],
    S.ACCEPTED: [ARRIVE, COMPLETE, DECLINE],
    S.CONFIRMED: [ARRIVE, COMPLETE, DECLINE],
    S.IN_PROGRESS: [COMPLETE],
}
OF_OFFICE: dict[VisitStatus, list[Step]] = {
    S.REQUESTED: [ASSIGN, EDIT, COPY, UNAVAILABLE, CANCEL],
    S.UNAVAILABLE: [ASSIGN, RESTORE, EDIT, COPY, CANCEL],
    S.ASSIGNED: [ASSIGN, EDIT, COPY, UNAVAILABLE, CANCEL],
    S.DECLINED: [ASSIGN, EDIT, COPY, UNAVAILABLE, CANCEL],
    S.ACCEPTED: [ARRIVE, COMPLETE, ASSIGN, EDIT, COPY, CANCEL],
    S.CONFIRMED: [ARRIVE, COMPLETE, ASSIGN, EDIT, COPY, CANCEL],
    S.IN_PROGRESS: [COMPLETE, NOT_ARRIVED, EDIT, COPY],
    S.COMPLETED: [COPY, NOT_COMPLETED],
    S.CANCELED: [COPY, RESTORE],
}


def steps_of(visit: Visit, reader: User) -> list[Step]:
    """What this reader can do with the visit as it is."""
    status = S(visit.status)
    if reader.is_sitter:
        steps = OF_SITTERS.get(status, [])
        return [each for each in steps if not (visit.is_for_anyone and each is DECLINE)]
    steps = list(OF_OFFICE[status]) if reader.is_office else []
    return [*steps, DELETE] if reader.is_administrator else steps


def place_of(client: Client, reader: User) -> str:
    """The address of the home, as far as the reader may see it."""
    policy = policy_for(reader, "client")
    return table.row_of(vars(client), policy, pets=[]).address


def said_of(visit: Visit, reader: User) -> dict[str, Any]:
    """What the page of a visit shows. Clients see nothing of the office's own affairs."""
    is_staff = not reader.is_client
    journal = journals_of([visit], reader).get(visit.pk)
    steps = steps_of(visit, reader)
    if journal is None and may_write(visit, None, reader):
        steps.insert(1 if COMPLETE in steps else 0, JOURNAL)
    pets = Pet.objects.visible_to(reader).filter(visits=visit)
    listed = list(pets.listed().order_by("sort_name", "pk"))
    return {
        "visit": visit,
        "reader": reader,
        "is_staff": is_staff,
        "status": visit.word if is_staff else own_status(visit),
        "clock": clock_text(visit.starts_at, visit.ends_at),
        "service": visit.service if is_staff else visit.service.client_name or visit.service,
        "pets": listed,
        "vaccines": vaccines_at(visit, listed, rows_of(listed), today=timezone.localdate()),
        "address": place_of(visit.client, reader),
        "shows_entry": WAY_IN in policy_for(reader, "client"),
        "shows_price": reader.is_office or reader.is_client,
        "events": visit.events.select_related("done_by") if reader.is_office else [],
        "steps": steps,
        "journal": journal,
        "news": news_at(visit, reader),
        "lacks_key": bool(without_key([visit], reader)),
        "repeats": words_of(visit.series.rule, visit.series.until_on) if visit.series else "",
    }


def news_at(visit: Visit, reader: User) -> News | None:
    """What is new there for the visit's own sitter, until the visit is over."""
    if not has_news(visit, reader):
        return None
    company = reader.site_options or SiteOptions.load()
    return news_of([visit.client], reader, company=company)[visit.client_id]


def upcoming_of(client: Client, reader: User) -> VisitQuerySet:
    """The client's visits to come that the reader may see, the next one first."""
    visits = Visit.objects.visible_to(reader).upcoming().filter(client=client)
    return visits.select_related("service", "sitter", "block")
