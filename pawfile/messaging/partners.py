"""Who may write to whom, and who is told of it."""

from django.db.models import Q, QuerySet

from pawfile.accounts.models import OFFICE, User
from pawfile.messaging.models import Conversation, ConversationKind, Side
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit
from pawfile.schedule.models.visit import HELD


def may_write(conversation: Conversation, user: User, company: SiteOptions) -> bool:
    """Whoever sees it, but nobody with another's eyes; the office always, sitters and their
    clients as long as the option is on."""
    if user.viewed_by is not None:
        return False
    is_between = conversation.kind == ConversationKind.HOME
    return user.is_office or not is_between or company.has_visible_sitters


def clients_for(writer: User, company: SiteOptions) -> QuerySet[Client]:
    """To whom, or as whom, a conversation about a home can be begun."""
    clients = Client.objects.visible_to(writer)
    if writer.is_sitter and not company.has_visible_sitters:
        return clients.none()
    return clients


def sitters_for(writer: User, company: SiteOptions) -> QuerySet[User]:
    """To which sitters this person can begin to write."""
    if writer.is_office:
        return User.objects.sitters()
    if not writer.is_client or not company.has_visible_sitters:
        return User.objects.sitters().none()
    homes = Client.objects.visible_to(writer).order_by()
    return sitters_of(homes)


def sitters_of(homes: QuerySet[Client]) -> QuerySet[User]:
    """Who comes to these homes or is named there, but for those who are blocked there."""
    came = Visit.objects.filter(client__in=homes, status__in=HELD).order_by().values("sitter")
    known = Q(pk__in=came) | Q(primary_clients__in=homes) | Q(secondary_clients__in=homes)
    shut = Client.blocked_sitters.through.objects.filter(client__in=homes).values("user")
    return User.objects.sitters().filter(known).exclude(pk__in=shut).distinct()


def sees(sitter: User, client: Client) -> bool:
    return Client.objects.visible_to(sitter).filter(pk=client.pk).exists()


def told_of(conversation: Conversation, side: Side, writer: User | None) -> list[User]:
    """Who has something to read when ``writer`` writes on this side: the others who see the
    conversation; the office not of what the office writes."""
    found: dict[int, User] = {}
    if conversation.client is not None:
        found |= {user.pk: user for user in conversation.client.logins.filter(is_active=True)}
    sitter = conversation.sitter
    client = conversation.client
    if sitter and sitter.is_active and (client is None or sees(sitter, client)):
        found[sitter.pk] = sitter
    if side != Side.OFFICE:
        office = User.objects.active().filter(role__in=OFFICE)
        found |= {user.pk: user for user in office}
    if writer is not None:
        found.pop(writer.pk, None)
    return list(found.values())
