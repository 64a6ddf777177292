"""Which visits go with a client that is deleted."""

from django.utils.formats import date_format
from django.utils.translation import ngettext

from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus


def visits_with(client: Client) -> list[str]:
    ahead = Visit.objects.filter(client=client).upcoming().exclude(status=VisitStatus.COMPLETED)
    count, first = ahead.count(), ahead.first()
    if first is None:
        return []
    text = ngettext(
        "%(n)d visit to come, on %(day)s.",
        "%(n)d visits to come, the next one on %(day)s.",
        count,
    )
    return [text % {"n": count, "day": date_format(first.visit_on, "D j M Y")}]
