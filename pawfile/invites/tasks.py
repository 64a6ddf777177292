"""Work of the worker: many invites, a few dozen in each transaction."""

from collections.abc import Sequence

from django_tasks import task

from pawfile.accounts.models import User
from pawfile.invites.actions import invite_clients
from pawfile.profiles.models import Client

#: So many take about a quarter of a second; nobody else's save waits longer than that.
BATCH = 50


@task
def invite_in_batches(client_ids: Sequence[int], words: str, by_id: int, site: str) -> None:
    """Invite these clients. Run again, also after half of it, it invites nobody twice."""
    by = User.objects.get(pk=by_id)
    for start in range(0, len(client_ids), BATCH):
        clients = Client.objects.filter(pk__in=client_ids[start : start + BATCH])
        invite_clients(clients=clients, words=words, by=by, site=site)
