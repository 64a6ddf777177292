"""The book of sentinels with its codes opened."""

from pawfile.access.models import Reveal
from pawfile.profiles.fields import CLIENT, PET
from tests.factories import make_reveal
from tests.fields.sentinels import Book, fields, label


def opened_of(book: Book) -> str:
    """The client's page of who opened codes. Somebody who has left knows every secret."""
    if not Reveal.objects.exists():
        for subject in (CLIENT, PET):
            pet = book.pet if subject is PET else None
            for key in (key for key, field in fields(subject).items() if field.is_secret):
                own = {"label": label(subject, key), "pet": pet}
                make_reveal(book.client, by=None, key=key, **own)
    return "/my-info/opened/"


def codes_of(book: Book) -> list[str]:
    """The office's pages of the same."""
    opened_of(book)
    opened = Reveal.objects.filter(client=book.client).values_list("pk", flat=True)
    return ["/codes-to-change/", *(f"/codes-to-change/{pk}/keep/" for pk in opened)]
