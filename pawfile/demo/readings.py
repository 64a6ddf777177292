"""What the sitters have read of the changes that could hurt: all but the news of the last days."""

from datetime import timedelta

from pawfile.demo.build import Book
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.actions.acknowledging import acknowledge_changes
from pawfile.schedule.models import Visit, VisitStatus

#: Nobody has read what is newer than this.
NEWS = timedelta(days=6)


def make_readings(book: Book) -> None:
    done = Visit.objects.filter(status=VisitStatus.COMPLETED, sitter__isnull=False)
    until = book.company.now - NEWS
    sitters = {user.pk: user for user in book.company.users.values()}
    for sitter, client in done.order_by().values_list("sitter", "client").distinct():
        home = Client.objects.get(pk=client)
        own = ClientChange.objects.filter(record=home, changed_at__lt=until)
        pets = PetChange.objects.filter(record__client=home, changed_at__lt=until)
        acknowledge_changes(
            client=home,
            client_changes=list(own.values_list("pk", flat=True)),
            pet_changes=list(pets.values_list("pk", flat=True)),
            by=sitters[sitter],
        )
