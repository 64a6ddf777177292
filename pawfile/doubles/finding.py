"""Doubles in the whole book, looked for by the worker: every night, and when somebody asks.

One pass over all clients sorts them by what they share (an address, a phone, a street and a name,
a pet's name and breed), then only those that share something are compared. What more than
``MOST_SHARING`` share says nothing: a company's phone, a clinic's address.
"""

from collections.abc import Iterator
from itertools import combinations

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from pawfile.doubles.models import BookSearch, Pair
from pawfile.invites.models import Answer, LikelyDouble
from pawfile.jobs.actions import enqueue_once
from pawfile.profiles.likeness import TELLING, Reason, Traits, resemblance, told_by
from pawfile.profiles.models import Client

#: So many clients share something before it says nothing any more.
MOST_SHARING = 10
#: Clients read, and pairs written, at once.
CHUNK = 1000
#: So many pairs are kept, the strongest; nobody looks at more.
MOST_PAIRS = 20_000

#: So many are compared, those first whose sharing says most: within a minute, whatever the book.
MOST_COMPARED = 100_000

Found = dict[tuple[int, int], list[Reason]]


@transaction.atomic
def ask_for_search() -> None:
    """Have the worker look through the book, once however often it is asked."""
    if not BookSearch.objects.waiting().exists():
        BookSearch.objects.create()
    enqueue_once(search_book)


@task
def search_book() -> None:
    """Find the pairs and keep them. Run again it finds the same."""
    count, shared = shared_by()
    found = compare(shared)
    keep_pairs(found)
    BookSearch.objects.waiting().update(done_at=timezone.now(), clients=count)


def shared_by() -> tuple[int, list[list[int]]]:
    """How many clients there are, and the numbers of those who share something.

    Kept by a hash, not by the words: 90 MB at 100,000 clients.
    """
    first: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    count = 0
    for client in telling_clients():
        count += 1
        for trait in Traits.of(client).shared:
            key = hash(trait)
            known = first.setdefault(key, client.pk)
            if known != client.pk:
                group = groups.setdefault(key, [known])
                if group[-1] != client.pk:
                    group.append(client.pk)
    return count, [group for group in groups.values() if len(group) <= MOST_SHARING]


def telling_clients() -> Iterator[Client]:
    rows = Client.objects.order_by("pk").only(*TELLING, "phones_e164").prefetch_related("pets")
    return rows.iterator(chunk_size=CHUNK)


def compare(groups: list[list[int]]) -> Found:
    """The pairs that are alike, with the reasons."""
    telling = sorted(groups, key=len)
    each_once = dict.fromkeys(pair for group in telling for pair in combinations(group, 2))
    pairs = sorted(list(each_once)[:MOST_COMPARED])
    found: Found = {}
    for start in range(0, len(pairs), CHUNK):
        chunk = pairs[start : start + CHUNK]
        known = {each.pk: Traits.of(each) for each in told_by(pk for pair in chunk for pk in pair)}
        for one, other in chunk:
            is_there = one in known and other in known
            if is_there and (reasons := resemblance(known[one], known[other])):
                found[one, other] = reasons
    return found


def rank(reasons: list[Reason]) -> int:
    """Pairs with more in common come first, then those with stronger reasons."""
    return list(Reason).index(reasons[0]) * 10 + 9 - min(len(reasons), 9)


@transaction.atomic
def keep_pairs(found: Found) -> None:
    """New ones are added, those no longer alike forgotten; what somebody answered stays."""
    apart = {(min(pair), max(pair)) for pair in answered()}
    strongest = sorted((pair for pair in found if pair not in apart), key=lambda p: rank(found[p]))
    wanted = {pair: found[pair] for pair in strongest[:MOST_PAIRS]}
    known: dict[tuple[int, int], tuple[int, list[str]]] = {
        (one, other): (pk, reasons)
        for pk, one, other, reasons in Pair.objects.open().values_list(
            "pk", "one_id", "other_id", "reasons"
        )
    }
    gone = [pk for pair, (pk, reasons) in known.items() if wanted.get(pair) != reasons]
    for start in range(0, len(gone), CHUNK):
        Pair.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    there = {pk for pair in wanted for pk in pair}
    there = set(present(there))
    Pair.objects.bulk_create(
        (
            Pair(one_id=one, other_id=other, reasons=list(reasons), rank=rank(reasons))
            for (one, other), reasons in wanted.items()
            if {one, other} <= there
            and ((one, other) not in known or known[one, other][1] != reasons)
        ),
        batch_size=CHUNK,
        ignore_conflicts=True,
    )


def answered() -> Iterator[tuple[int, int]]:
    """Pairs of which the office has said that they are not the same, here or of a registration."""
    yield from Pair.objects.exclude(apart_at=None).values_list("one_id", "other_id")
    said = LikelyDouble.objects.filter(answer=Answer.APART)
    yield from said.values_list("client_id", "known_id")


def present(pks: set[int]) -> Iterator[int]:
    """Those that nobody deleted meanwhile, held until the pairs are written."""
    numbers = sorted(pks)
    for start in range(0, len(numbers), CHUNK):
        rows = Client.objects.filter(pk__in=numbers[start : start + CHUNK])
        yield from rows.order_by("pk").values_list("pk", flat=True)
