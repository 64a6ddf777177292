"""Who opened codes in the demo company: for visits, in an emergency, at home, before leaving."""

from datetime import datetime, timedelta

from pawfile.access.models import Ground, Reveal
from pawfile.accounts.models import User
from pawfile.fields.registry import Kind
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models import Client
from pawfile.schedule.letters import called, when_text
from pawfile.schedule.models import Visit, VisitStatus

REASON = "The neighbor called: the alarm is ringing, and I am three streets away."
#: Visits for which a code was opened, and homes whose codes the one who left knows.
VISITS, LEFT = 12, 6
SECRETS = [key for key, field in CLIENT.fields.items() if field.kind == Kind.SECRET]


def make_openings(now: datetime) -> None:
    done = Visit.objects.filter(status=VisitStatus.COMPLETED).exclude(sitter=None)
    newest = done.order_by("-starts_at", "pk").select_related("client", "service", "sitter")
    visits = [visit for visit in newest if codes_of(visit.client)]
    for visit in visits[:VISITS]:
        said = f"{called(visit)}, {when_text(visit)}"
        at = visit.starts_at - timedelta(minutes=3)
        opened(visit.client, visit.sitter, at, ground=Ground.VISIT, visit=visit, visit_said=said)
    if visits:
        last = visits[0]
        at = now - timedelta(days=2, hours=5)
        opened(last.client, last.sitter, at, ground=Ground.BREAK_GLASS, reason=REASON)
    gone = User.objects.get_queryset().staff().filter(is_active=False).first()
    for days, client in enumerate(Client.objects.current().order_by("pk")[:LEFT], start=30):
        opened(client, gone, now - timedelta(days=days), ground=Ground.VISIT)
        at_home = client.logins.filter(is_active=True).first()
        opened(client, at_home, now - timedelta(days=days - 29), ground=Ground.OWN_HOME)


def codes_of(client: Client) -> list[str]:
    return [key for key in SECRETS if client.has_value(key)]


def opened(client: Client, by: User | None, at: datetime, **more: object) -> None:
    """One of the codes that there are; nothing if there is none, or nobody to open it."""
    keys = codes_of(client)
    if not keys or by is None:
        return
    key = keys[client.pk % len(keys)]
    Reveal.objects.create(
        client=client,
        key=key,
        label=str(client.field(key).label),
        opened_by=by,
        opened_by_name=str(by),
        opened_at=at,
        **more,
    )
