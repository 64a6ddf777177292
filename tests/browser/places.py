"""Every page, by who can open it."""

from pawfile.access.finds import open_finds
from pawfile.access.models import Key, KeyLocation
from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.messaging.models import Broadcast, Conversation
from pawfile.profiles.models import Client, ProfileFile, Vaccination
from pawfile.resources.models import Territory, Vet
from pawfile.schedule.models import Journal, Service, TimeBlock, Visit

#: Pages in front of the door.
DOOR = tuple(
    f"/accounts/{name}/" for name in ("login", "reset", "reset/sent", "reset/1-abc", "signup")
) + ("/found/no-such-key/", "/register/", "/register/?code=nonsense", "/register/sent/")


#: Where administrators arrange the fields.
FIELD_PAGES = (
    "", "?tab=pet", "?q=nothing-fits", "client/new/", "pet/walking/", "client/alarm_code/",
    "client/city/move/", "client/sections/new/", "client/sections/home/",
)  # fmt: skip


def visit_places(user: User, home: Client) -> list[str]:
    """Pages about the first visit of the home, and those that make one."""
    found = ["/journals/"]
    if not user.is_client:
        found += [f"/clients/{home.pk}/{page}/" for page in ("visits", "journals", "notes/new")]
    for journal in Journal.objects.visible_to(user)[:1]:
        found += [f"/journals/{journal.pk}/"]
        found += [] if user.is_client else [f"/visits/{journal.visit_id}/journal/"]
    for visit in (
        Visit.objects.visible_to(user).filter(client=home).values_list("pk", flat=True)[:1]
    ):
        found += [f"/visits/{visit}/"]
        found += [] if user.is_client else [f"/visits/{visit}/codes/"]
        if user.is_office:
            found += [f"/visits/{visit}/{verb}/" for verb in ("edit", "assign", "cancel", "copy")]
        if user.is_office and Visit.objects.exclude(series=None).filter(pk=visit).exists():
            found += [f"/visits/{visit}/series/{verb}/" for verb in ("edit", "cancel")]
        if user.is_administrator:
            found += [f"/visits/{visit}/delete/"]
    if user.is_office:
        found += ["/visits/new/", f"/visits/new/?client={home.pk}"]
        found += [f"/schedule/?view={view}" for view in ("day", "week", "month", "table")]
        found += ["/schedule/?view=day&client=0"]
    return found


def message_places(user: User, home: Client) -> list[str]:
    """The list, a new message, and the first conversation that this person sees."""
    found = ["/messages/", "/messages/?show=unread", "/messages/new/"]
    found += [f"/messages/{each.pk}/" for each in Conversation.objects.visible_to(user)[:1]]
    if user.is_office:
        found += [f"/messages/new/?client={home.pk}", f"/messages/to-many/?client={home.pk}"]
        found += ["/messages/to-many/"]
        found += [f"/messages/to-many/{each.pk}/" for each in Broadcast.objects.all()[:1]]
    return found + [f"/clients/{home.pk}/internal-notes/"] * (not user.is_client)


def key_places(user: User, home: Client) -> list[str]:
    """Pages about keys, and about the first one that this person sees."""
    found = [f"/clients/{home.pk}/keys/"]
    if user.is_client:
        return found
    found += ["/keys/", "/keys/?q=nothing-fits", "/keys/requests/"]
    for key in Key.objects.visible_to(user)[:1]:
        found += [f"/keys/{key.pk}/", f"/keys/{key.pk}/hand-over/"]
        if user.is_office:
            found += [f"/keys/{key.pk}/edit/", f"/keys/{key.pk}/remove/"]
    if user.is_office:
        found += ["/keys/new/", f"/keys/new/?client={home.pk}"]
        found += ["/keys/places/", "/keys/places/new/", "/keys/notices/"]
        found += [f"/keys/places/{each.pk}/" for each in KeyLocation.objects.all()[:1]]
    return found


def file_places(user: User, home: Client, pet: int) -> list[str]:
    found = [f"/clients/{home.pk}/files/", f"/pets/{pet}/files/"]
    files = ProfileFile.objects.visible_to(user).current().filter(client=home)
    if user.is_office:
        found += [f"/files/{file}/edit/" for file in files.values_list("pk", flat=True)[:1]]
    return found


def vaccination_places(user: User, pet: int) -> list[str]:
    found = [f"/pets/{pet}/vaccinations/"]
    if not user.is_sitter:
        found.append(f"/pets/{pet}/vaccinations/new/")
        rows = Vaccination.objects.visible_to(user).filter(pet=pet).values_list("pk", flat=True)
        found += [f"/vaccinations/{pk}/edit/" for pk in rows[:1]]
    return found


def print_places(user: User, home: Client) -> list[str]:
    found = [f"/clients/{home.pk}/print/"]
    return found if user.is_client else [*found, f"/clients/print/?client={home.pk}&client=1"]


def entry_places(user: User, home: Client) -> list[str]:
    found = [f"/clients/{home.pk}/entry/"]
    if not user.is_sitter:
        found += [f"/clients/{home.pk}/entry/new/"]
        found += [f"/ways-in/{way.pk}/edit/" for way in home.ways_in.all()[:1]]
    return found + ["/entry-plans/"] * user.is_office


def double_places(home: Client) -> list[str]:
    """What the office opens about doubles; ``home`` beside the first other client."""
    found = ["/doubles/", "/merges/", f"/clients/{home.pk}/doubles/"]
    for other in Client.objects.exclude(pk=home.pk).order_by("pk")[:1]:
        found += [f"/clients/{home.pk}/merge/{other.pk}/"]
    return found


def places(user: User, home: Client) -> list[str]:
    """Where this person can go, and a page that says no. ``home`` has a pet and a changed city."""
    pet = home.pets.order_by("pk")[0].pk
    found = [
        "/",
        "/pets/",
        "/account/",
        "/account/sessions/",
        "/account/calendar/",
        "/account/factors/",
        "/accounts/password/",
        "/accounts/logout/",
        "/clients/99999/",
    ]
    found += [f"/clients/{home.pk}/", f"/clients/{home.pk}/changes/city/", f"/pets/{pet}/"]
    found += [f"/clients/{home.pk}/changes/", f"/clients/{home.pk}/as-of/"]
    found += ["/invites/redeem/"]
    found += visit_places(user, home) + key_places(user, home) + message_places(user, home)
    found += file_places(user, home, pet) + print_places(user, home)
    found += vaccination_places(user, pet)
    if user.is_client:
        found += [
            "/my-info/",
            "/my-info/opened/",
            "/my/review/",
            "/my-pets/",
            "/my-schedule/",
            "/my-schedule/request/",
        ]
        for visit in Visit.objects.visible_to(user)[:2]:
            found += [f"/my-schedule/{visit.pk}/{page}/" for page in ("change", "cancel")]
        steps = ("details/", "home/", "pets/", "pets/?add=1", "done/")
        found += [f"/start/{home.pk}/{step}" for step in steps]
    found += entry_places(user, home)
    if user.is_sitter:
        found += [
            f"/clients/{home.pk}/since/",
            "/keys/needed/",
            "/my-schedule/",
            "/my-schedule/?view=week",
            "/my-schedule/times-off/",
        ]
    if user.is_client or user.is_office:
        found += [f"/clients/{home.pk}/edit/", f"/pets/{pet}/edit/", "/pets/new/"]
    if not user.is_client:
        found += ["/clients/", "/clients/?q=nobody-at-all", "/vets/"]
    if user.is_office:
        found += [f"/clients/{home.pk}/registration/", f"/clients/{home.pk}/prices/"]
        found += double_places(home)
        found += ["/services/", "/services/new/", "/time-blocks/new/"]
        found += [f"/services/{service.pk}/edit/" for service in Service.objects.all()[:1]]
        found += [f"/time-blocks/{block.pk}/edit/" for block in TimeBlock.objects.all()[:1]]
        found += ["/territories/", "/territories/new/"]
        found += ["/codes-in-text/", f"/clients/{home.pk}/codes-in-text/"]
        found += [f"/codes-in-text/{find.pk}/move/" for find in open_finds(user)[:1]]
        for territory in Territory.objects.all()[:1]:
            found += [f"/territories/{territory.pk}/{page}/" for page in ("edit", "delete")]
        found += ["/requests/", "/unread-changes/", "/codes-to-change/", "/changes/"]
        found += ["/changes/?show=recent"]
        found += ["/email-log/", "/email-log/?q=none"]
        found += [f"/email-log/{mail}/" for mail in Mail.objects.values_list("pk", flat=True)[:2]]
        found += ["/invites/", "/invites/?q=nobody", "/invites/new/"]
        found += [f"/invites/new/?client={home.pk}", f"/clients/{home.pk}/invites/"]
        found += [f"/clients/{home.pk}/invite/", f"/clients/{home.pk}/invite/?another=1"]
        found += ["/clients/new/", "/vets/new/", f"/vets/{Vet.objects.all()[0].pk}/edit/"]
    if user.is_administrator:
        found += [f"/clients/{home.pk}/delete/", f"/pets/{pet}/delete/", "/pets/?active=all"]
        found += ["/options/", "/options/?q=none", "/options/scheduling/", "/export/clients/"]
        found += [
            "/users/",
            "/users/?q=none",
            "/users/invite/",
            f"/users/{user.pk}/",
            f"/users/{user.pk}/offboard/",
        ]
        found += ["/logins/", "/logins/?q=none"]
        for login in home.logins.all():
            found += [f"/logins/{login.pk}/", f"/logins/{login.pk}/deactivate/"]
        found += [
            "/activity/",
            "/activity/?q=none",
            "/locked-out/",
            "/company-export/",
            "/imported/",
        ]
        found += ["/home-access/", "/home-access/?ground=visit", f"/clients/{home.pk}/opened/"]
        found += [f"/options/clients/{part}" for part in FIELD_PAGES]
        found += ["/import/", "/import/mappings/", "/tools/swap-fields/"]
        found += [f"/options/clients/preview/?as=manager&client={home.pk}"]
    return [*found, "/style/"]
