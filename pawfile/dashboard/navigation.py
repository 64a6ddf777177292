"""The menu of each role: what is not in it does not exist for that person."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import Role, User

#: Groups of (name of the address, label, short label for the bottom bar, icon).
STAFF_MENU = [
    ("", [("home", _("Home"), _("Home"), "house")]),
    (
        _("Petcare"),
        [
            ("client_list", _("Client Profiles"), _("Clients"), "users"),
            ("pet_list", _("Pet Profiles"), _("Pets"), "paw-print"),
        ],
    ),
    (_("Resources"), [("vet_list", _("Vets"), _("Vets"), "stethoscope")]),
]
CLIENT_MENU = [
    (
        "",
        [
            ("home", _("Home"), _("Home"), "house"),
            ("my_info", _("My Info"), _("My Info"), "user-round"),
            ("my_pets", _("My Pets"), _("My Pets"), "paw-print"),
        ],
    )
]


def menu_for(user: User, path: str) -> list[dict[str, Any]]:
    """Groups of entries; ``current`` marks the section the page belongs to."""
    groups = CLIENT_MENU if user.role == Role.CLIENT else STAFF_MENU
    menu = []
    for label, entries in groups:
        items = []
        for name, text, short, icon in entries:
            url = reverse(name)
            current = path == url if url == "/" else path.startswith(url)
            items.append(
                {"label": text, "short": short, "url": url, "icon": icon, "current": current}
            )
        menu.append({"label": label, "items": items})
    return menu


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: the company, the menu, how it is laid out."""
    context: dict[str, Any] = {"company": getattr(request, "company", None)}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        context["menu"] = menu_for(user, request.path)
        if not user.is_client:
            context["search_url"] = reverse("client_list")
        context["menu_style"] = "desk" if user.is_office else "hand"
    return context
