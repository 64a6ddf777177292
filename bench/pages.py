"""Which addresses are measured: several of a kind, spread over the company."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bench import since, talk
from bench.kind import Kind
from bench.plan import USERS
from pawfile.accounts.models import User
from pawfile.lib.paging import write_cursor
from pawfile.lib.text import fold
from pawfile.lib.vault import Secret
from pawfile.profiles.models import Client, ClientChange, Tag
from pawfile.profiles.models.client import ClientQuerySet, Status
from pawfile.profiles.table import ORDERS
from pawfile.search.models import Vocabulary

#: Letters that no name begins with.
NOBODY = "qxzvkj"


def kinds() -> Iterator[Kind]:
    """The pages whose speed is promised, then those that could be slow where these are not."""
    clients, table = spread(Client.objects.all()), reverse("client_list")
    current = Client.objects.all().current()
    names = [fold(client.last_name).split()[-1] for client in clients]
    details = [reverse("client_detail", args=[client.pk]) for client in clients]
    edits = [reverse("client_edit", args=[client.pk]) for client in clients]

    yield Kind("first", "table, first page", [table], is_goal=True)
    yield Kind("deep", "table, deep page", deep(current, "name"), is_goal=True)
    yield Kind("hit", "search hit", searches(names), is_goal=True)
    yield Kind("miss", "search miss", searches(misses()), is_goal=True)
    yield Kind("typo", "typo search", searches(typos()), is_goal=True)
    yield Kind("profile", "profile", details, is_goal=True)
    yield Kind("edit", "edit form", edits, is_goal=True)
    yield Kind("save", "save an edit", edits, is_goal=True, is_save=True)

    few, many = with_changes(10), with_changes(5_000)
    yield Kind("profile-10", "profile, 10 changes", [few.get_absolute_url()])
    yield Kind("profile-5000", "profile, 5,000 changes", [many.get_absolute_url()])
    history = [reverse("client_timeline", args=[many.pk])]
    yield Kind("changes", "what changed, 5,000", history)
    yield from talk.kinds()
    yield from since.kinds()
    for sort in ("status", "zip", "added", "changed"):
        yield Kind(f"deep-{sort}", f"deep page by {sort}", deep(current, sort))
    yield Kind("common", "search of a common word", searches(["s", "main", "614", "co", "bella"]))
    yield Kind("two-words", "search of two words", searches([f"{name} s" for name in names]))
    busy, idle = busiest_sitters()
    yield Kind("sitter-first", "table of a sitter", [table], reader=busy)
    yield Kind("sitter-search", "search of a sitter", searches(["s", *names[:3]]), reader=busy)
    yield Kind("by-sitter", "table, one sitter's", [f"{table}?sitter={idle.pk}"])
    yield Kind("by-status", "table, Inactive", [f"{table}?status={Status.INACTIVE}"])
    yield Kind("by-tag", "table, one tag", [f"{table}?tag={tag.pk}" for tag in Tag.objects.all()])
    yield Kind("pets", "pet table", [reverse("pet_list")])
    yield Kind("home", "home page", [reverse("home")])
    sealed = spread(Client.objects.exclude(door_code=Secret()))
    codes = [reverse("client_secret", args=[client.pk, "door_code"]) for client in sealed]
    yield Kind("reveal", "open a code", codes, is_press=True)
    yield Kind("picker", "go to another client", [reverse("client_picker") + "?q=smi"])


def spread(clients: QuerySet[Client]) -> list[Client]:
    """As many clients as users, from all over the list."""
    count = clients.count()
    return [clients.order_by("pk")[count * number // USERS] for number in range(min(USERS, count))]


def with_changes(count: int) -> Client:
    """A client of nobody else's lines with so many changes, all still marked."""
    client, keys = Client.objects.order_by("-pk")[count % 7], list(Client.subject.fields)
    ClientChange.objects.bulk_create(
        ClientChange(
            record=client,
            key=keys[number % len(keys)],
            old_text=f"Before {number}",
            new_text=f"After {number}",
            changed_at=timezone.now() - timedelta(minutes=number),
            version=1,
        )
        for number in range(count)
    )
    return client


def deep(clients: ClientQuerySet, sort: str) -> list[str]:
    """Addresses of pages behind the third to the last of ten parts of the list."""
    column, table = ORDERS[sort][0], reverse("client_list")
    ordered, count = clients.order_by(column, "pk"), clients.count()
    found = []
    for number in range(USERS):
        row = ordered[count * (3 * USERS + 6 * number) // (10 * USERS)]
        cursor = write_cursor(row, column, backwards=False)
        found.append(f"{table}?sort={sort}&at={cursor}")
    return found


def searches(words: Sequence[str]) -> list[str]:
    return [f"{reverse('client_list')}?q={word.replace(' ', '+')}" for word in words]


def misses() -> list[str]:
    return [NOBODY[number % 6 :] + NOBODY[: number % 6] for number in range(USERS)]


def typos() -> list[str]:
    """Long words of the company's vocabulary, each with two of its letters changed about."""
    known = Vocabulary.objects.order_by("pk").values_list("word", flat=True)
    long = [word for word in known if len(word) > 5 and word[2] != word[3]]
    step = max(1, len(long) // USERS)
    return [word[:2] + word[3] + word[2] + word[4:] for word in long[::step][:USERS]]


def busiest_sitters() -> tuple[User, User]:
    """The sitter with the most clients, and one in the middle."""
    own = Count("primary_clients", filter=Q(primary_clients__status=Status.ACTIVE))
    sitters = User.objects.sitters().annotate(own=own).order_by("-own", "pk")
    return sitters[0], sitters[sitters.count() // 2]
