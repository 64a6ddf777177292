"""The menu of each role: what is not in it does not exist for that person."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import Role, User

KEYS = ("key_list", _("Keys"), _("Keys"), "key-round")
#: Groups of (name of the address, label, short label for the bottom bar, icon).
START = ("", [("home", _("Home"), _("Home"), "house")])
PETCARE = (
    _("Petcare"),
    [
        ("client_list", _("Client Profiles"), _("Clients"), "users"),
        ("pet_list", _("Pet Profiles"), _("Pets"), "paw-print"),
        KEYS,
    ],
)
#: What the office finds there besides.
OFFICE_PETCARE = (
    PETCARE[0],
    [
        *PETCARE[1],
        ("service_list", _("Services & Times"), _("Services"), "clipboard-list"),
        ("territory_list", _("Territories"), _("Territories"), "map-pinned"),
        ("entry_plan_list", _("Entry plans"), _("Entry"), "door-open"),
        ("change_inbox", _("Changes by clients"), _("Changes"), "inbox"),
        ("codes_to_change", _("Codes to change"), _("Codes"), "key-round"),
        ("find_list", _("Codes in text"), _("Codes"), "shield-alert"),
    ],
)
MY_SCHEDULE = ("my_schedule", _("My Schedule"), _("Schedule"), "calendar-days")
JOURNALS = ("journal_list", _("Journals"), _("Journals"), "notebook-pen")
SCHEDULING = (
    _("Scheduling"),
    [
        ("schedule", _("Master Schedule"), _("Schedule"), "calendar-days"),
        ("request_list", _("Requests"), _("Requests"), "inbox"),
        ("unread_change_list", _("Not yet read"), _("Unread"), "shield-alert"),
        JOURNALS,
    ],
)
OWN_SCHEDULING = (_("Scheduling"), [MY_SCHEDULE, JOURNALS])
#: First at the foot of a phone, wherever it stands in the menu.
NEEDED_FIRST = {"my_schedule"}
MESSAGES = ("message_list", _("Messages"), _("Messages"), "messages-square")
COMMUNICATION = (
    _("Communication"),
    [
        MESSAGES,
        ("invite_list", _("Invites"), _("Invites"), "send"),
        ("mail_list", _("Email log"), _("Mail"), "mail"),
    ],
)
OWN_COMMUNICATION = (COMMUNICATION[0], [MESSAGES])
RESOURCES = (_("Resources"), [("vet_list", _("Vets"), _("Vets"), "stethoscope")])
ADMINISTRATIVE = (
    _("Administrative"),
    [
        ("user_list", _("Users"), _("Users"), "user-cog"),
        ("login_list", _("Client Logins"), _("Logins"), "log-in"),
        ("site_options", _("Site Options"), _("Options"), "sliders-horizontal"),
        ("field_list", _("Client & pet fields"), _("Fields"), "list-checks"),
        ("home_access_list", _("Home-access log"), _("Home access"), "shield-check"),
        ("lockout_list", _("Locked out"), _("Locked out"), "lock"),
        ("activity_list", _("Activity log"), _("Activity"), "scroll-text"),
        ("company_export", _("Export"), _("Export"), "download"),
    ],
)
DOUBLES = ("double_list", _("Doubles"), _("Doubles"), "users")
TOOLS = (
    _("Tools"),
    [
        ("import_list", _("Import"), _("Import"), "upload"),
        DOUBLES,
        ("swap_fields", _("Swap fields"), _("Swap fields"), "arrow-left-right"),
    ],
)
OFFICE_TOOLS = (TOOLS[0], [DOUBLES])
OWN_PAGES = [
    ("my_info", _("My Info"), _("My Info"), "user-round"),
    ("my_pets", _("My Pets"), _("My Pets"), "paw-print"),
    ("my_opened", _("Who opened my codes"), _("My codes"), "eye"),
]
CLIENT_MENU = [
    ("", [("home", _("Home"), _("Home"), "house"), MY_SCHEDULE, MESSAGES, *OWN_PAGES, JOURNALS])
]
#: What a staff member who is also a client finds below the work.
OWN_VISITS = ("own_visits", _("Visits at home"), _("Visits"), "calendar-days")
OWN_HOME = (_("My home"), [OWN_VISITS, *OWN_PAGES])
MENUS: dict[Role, list[Any]] = {
    Role.ADMINISTRATOR: [
        START, OFFICE_PETCARE, SCHEDULING, COMMUNICATION, RESOURCES, ADMINISTRATIVE, TOOLS,
    ],
    Role.MANAGER: [START, OFFICE_PETCARE, SCHEDULING, COMMUNICATION, RESOURCES, OFFICE_TOOLS],
    Role.SITTER: [START, PETCARE, OWN_SCHEDULING, OWN_COMMUNICATION, RESOURCES],
    Role.CLIENT: CLIENT_MENU,
}  # fmt: skip


def groups_of(role: Role, *, has_homes: bool) -> list[Any]:
    is_client_too = has_homes and role != Role.CLIENT
    return [*MENUS[role], OWN_HOME] if is_client_too else MENUS[role]


def menu_for(user: User, section: str) -> list[dict[str, Any]]:
    """Groups of entries; ``current`` marks the section the page belongs to, ``unread`` says how
    much is waiting there."""
    menu = []
    for label, entries in groups_of(Role(user.role), has_homes=user.has_homes):
        items = [
            {"label": text, "short": short, "url": reverse(name), "icon": icon}
            | {"current": name == section, "needed_first": name in NEEDED_FIRST}
            | {"unread": user.unread_count if name == MESSAGES[0] else 0}
            for name, text, short, icon in entries
        ]
        menu.append({"label": label, "items": items})
    return menu


def section_of(user: User, path: str) -> str:
    """The name of the entry the page belongs to; empty for a page outside the menu."""
    fitting = [
        (len(url), name)
        for name, url in addresses(Role(user.role), user.has_homes, get_script_prefix())
        if path == url or (name != "home" and path.startswith(url))
    ]
    return max(fitting, default=(0, ""))[1]


@cache
def addresses(role: Role, has_homes: bool, _prefix: str) -> list[tuple[str, str]]:
    """(name, address) of the menu's entries: a pure function of the menu and the site's prefix."""
    groups = groups_of(role, has_homes=has_homes)
    return [(name, reverse(name)) for _label, entries in groups for name, *_words in entries]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: the company, the menu, how it is laid out.

    The menu is a function: it is called only where the kept one of this role and section is not at
    hand (see ``base.html``).
    """
    context: dict[str, Any] = {"company": getattr(request, "company", None)}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        context["section"] = section = section_of(user, request.path)
        context["menu"] = lambda: menu_for(user, section)
        if not user.is_client:
            context["search_url"] = reverse("client_list")
        context["menu_style"] = "desk" if user.is_office else "hand"
    return context
