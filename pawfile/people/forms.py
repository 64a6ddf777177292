from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pawfile.accounts.models import Role, User
from pawfile.lib.emails import bad_emails
from pawfile.lib.numbers import is_id
from pawfile.people.lists import ROLES
from pawfile.profiles.models import Client

LAST = gettext_lazy(
    "Nobody else could administer the company. Make somebody else administrator first."
)


class UserForm(forms.Form):
    """A staff member's details. A role that takes something away asks once whether it is meant."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    nickname = forms.CharField(label=gettext_lazy("Nickname"), max_length=100, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=50, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES, widget=forms.RadioSelect)

    def __init__(self, user: User, data: Any = None, *, by: User) -> None:
        initial = {key: getattr(user, key) for key in ("name", "nickname", "phone", "role")}
        super().__init__(data, initial=initial)
        self.user, self.by = user, by
        self.questions: list[str] = []

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_nickname(self) -> str:
        return one_line(self.cleaned_data["nickname"])

    def clean(self) -> None:
        role = self.cleaned_data.get("role", self.user.role)
        others = User.objects.active().filter(role=Role.ADMINISTRATOR).exclude(pk=self.user.pk)
        if self.user.is_administrator and role != Role.ADMINISTRATOR and not others.exists():
            self.add_error("role", LAST)
        elif role != self.user.role and self.data.get("is_sure") != role:
            self.questions = self.what_it_touches(role)

    @property
    def role_label(self) -> str:
        return str(Role(self.cleaned_data["role"]).label)

    def what_it_touches(self, role: str) -> list[str]:
        """What this change of role takes away; empty when nothing needs asking."""
        found = []
        if self.user.pk == self.by.pk:
            found.append(
                _("This is your own role. You will lose all that is for administrators only.")
            )
        if self.user.is_sitter:
            count = Client.objects.visible_to(self.by).naming(self.user).count()
            if count:
                text = ngettext(
                    "%(n)d client names %(who)s as sitter, and keeps doing so.",
                    "%(n)d clients name %(who)s as sitter, and keep doing so.",
                    count,
                )
                found.append(text % {"n": count, "who": self.user})
                found.append(_("Pickers of sitters no longer offer this person."))
        return found


class StaffInviteForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=ROLES, widget=forms.RadioSelect, initial=Role.SITTER
    )
    words = forms.CharField(
        label=gettext_lazy("Your own words"),
        help_text=gettext_lazy("Stand above the link in the mail."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if bad_emails([email]):
            raise forms.ValidationError(_("Write one e-mail address, like ann@example.com."))
        return email


class LoginForm(forms.Form):
    """A client login's own details."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=50, required=False)

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"name": user.name, "phone": user.phone})

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class AttachForm(forms.Form):
    """Which client a login is joined to, as the picker or the plain list sends it."""

    client = forms.CharField(
        label=gettext_lazy("Client"),
        error_messages={"required": gettext_lazy("Choose a client from the list.")},
    )

    def __init__(self, *, by: User, data: Any) -> None:
        super().__init__(data)
        self.by = by

    def clean_client(self) -> Client:
        chosen = self.cleaned_data["client"]
        found = Client.objects.visible_to(self.by).filter(pk=int(chosen) if is_id(chosen) else 0)
        client = found.first()
        if client is None:
            raise forms.ValidationError(_("Choose a client from the list."))
        return client


class ReassignForm(forms.Form):
    """For each client of a sitter who takes over; ``everyone`` stands for those left open.

    A select says ``""`` (as chosen for all), ``keep``, ``nobody`` or the number of a sitter.
    """

    def __init__(self, *, clients: list[Client], sitters: list[User], data: Any = None) -> None:
        super().__init__(data)
        self.sitters = {str(sitter.pk): sitter for sitter in sitters}
        people = [(pk, str(sitter)) for pk, sitter in self.sitters.items()]
        common = [("nobody", _("Nobody for now")), *people]
        keep = ("keep", _("Leave the name"))
        self.fields["everyone"] = forms.ChoiceField(
            label=_("All clients"), choices=[keep, *common], initial="keep", required=False
        )
        for client in clients:
            self.fields[f"client_{client.pk}"] = forms.ChoiceField(
                label=client.list_name,
                choices=[("", _("As for all")), keep, *common],
                required=False,
            )
        self.clients = clients
        self.fields["revokes_invites"] = forms.BooleanField(
            label=_("Revoke these invites"), required=False, initial=True
        )

    @property
    def by_client(self) -> list[forms.BoundField]:
        return [self[f"client_{client.pk}"] for client in self.clients]

    @property
    def has_own_choices(self) -> bool:
        """Whether something was chosen for one client apart."""
        return any(field.data for field in self.by_client) if self.is_bound else False

    def clean(self) -> dict[str, Any]:
        """Nobody takes over a client who blocks him or her."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        rows = Client.blocked_sitters.through.objects.filter(client__in=self.clients)
        blocked = set(rows.values_list("client", "user"))
        for pk, sitter in self.choices().items():
            if sitter is not None and (pk, sitter.pk) in blocked:
                text = _("This client blocks %s. Choose somebody else.") % sitter
                self.add_error(f"client_{pk}", text)
        return cleaned

    def choices(self) -> dict[int, User | None]:
        """Client id → who takes over; clients that keep the name are not in it."""
        everyone = self.cleaned_data["everyone"] or "keep"
        found: dict[int, User | None] = {}
        for client in self.clients:
            chosen = self.cleaned_data[f"client_{client.pk}"] or everyone
            if chosen != "keep":
                found[client.pk] = self.sitters.get(chosen)
        return found


def one_line(text: str) -> str:
    """A name stands in heads of mails: no line ends."""
    return " ".join(text.split())
