"""Questions to clients, as the worker asks them."""

from pawfile.access.tasks import look_for_questions
from pawfile.mail.models import Mail
from tests.invites.letters import links_in


def ask() -> list[str]:
    """Do the hourly work; the addresses of people who got a question, the first one first."""
    before = set(Mail.objects.values_list("pk", flat=True))
    look_for_questions()
    found = Mail.objects.filter(template="entry_check").exclude(pk__in=before)
    return list(found.order_by("pk").values_list("to", flat=True))


def link() -> str:
    """The path in the newest question."""
    url = links_in(Mail.objects.filter(template="entry_check").latest("pk"))["answer"]
    return "/" + url.partition("://")[2].partition("/")[2]
