"""About what a client wants mail."""

from pawfile.profiles.models import Client

CONFIRMATIONS, JOURNALS = "Scheduling Confirmations", "Pet Care Journals"
BUSINESS = "Important Business Updates"


def wants_mail(client: Client, topic: str) -> bool:
    """Whether the topic is ticked, or nobody ever said anything about topics."""
    if client.communication_topics:
        return topic in client.communication_topics
    return not client.changes.filter(key="communication_topics").exists()
