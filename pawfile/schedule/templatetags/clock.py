from django import template

from pawfile.schedule.models import Visit
from pawfile.schedule.times import clock_text

register = template.Library()


@register.simple_tag
def clock(visit: Visit) -> str:
    """From when to when, "07:00–10:00"."""
    return clock_text(visit.starts_at, visit.ends_at)
