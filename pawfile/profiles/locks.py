"""Holding clients: nobody else changes what belongs to them until the transaction ends.

Whoever locks more than a client locks the client first, and several in the order of their numbers:
then two who want the same come one after the other, and none waits for ever.
"""

from collections.abc import Iterable

from pawfile.profiles.models import Client


def lock_client(client: Client) -> Client:
    """The client as it is now. Raises ``Client.DoesNotExist`` if it was deleted.

    What may make a Prospect Active takes this lock first and those of visits after it; a row that
    points at a client holds it halfway, and two such would wait for each other.
    """
    return Client.objects.select_for_update().get(pk=client.pk)


def lock_clients(pks: Iterable[int]) -> dict[int, Client]:
    """Those that are still there, by their numbers."""
    rows = Client.objects.select_for_update().filter(pk__in=set(pks)).order_by("pk")
    return {client.pk: client for client in rows}
