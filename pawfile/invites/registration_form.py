"""What somebody who registers is asked."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import Role, User
from pawfile.invites.agreements import fingerprint
from pawfile.invites.models import Invite
from pawfile.lib.emails import bad_emails
from pawfile.lib.lines import refuse_breaks
from pawfile.lib.phones import phone_words
from pawfile.lib.zips import LONGEST, is_among, split_zips
from pawfile.options.models import SiteOptions


def line(label: Any, autocomplete: str, missing: Any, **options: Any) -> forms.CharField:
    widget = options.pop("widget", forms.TextInput)
    return forms.CharField(
        label=label,
        widget=widget(attrs={"autocomplete": autocomplete}),
        validators=[refuse_breaks],
        error_messages={"required": missing},
        **options,
    )


class RegistrationForm(forms.Form):
    """Asks only what it needs: invited people no phone and no zip, and of the staff the address is
    known; a zip only where registration is limited, consent only where there is an agreement.
    """

    first_name = line(
        gettext_lazy("First name"), "given-name", gettext_lazy("Say your first name."),
        max_length=100,
    )  # fmt: skip
    last_name = line(
        gettext_lazy("Last name"), "family-name", gettext_lazy("Say your last name."),
        max_length=100,
    )  # fmt: skip
    email = line(
        gettext_lazy("E-mail"), "email", gettext_lazy("Say your e-mail address."),
        widget=forms.EmailInput,
    )  # fmt: skip
    cell_phone = line(
        gettext_lazy("Phone"), "tel", gettext_lazy("Say your phone number."), max_length=100
    )
    zip_code = line(
        gettext_lazy("Zip code"), "postal-code", gettext_lazy("Say your zip code."),
        max_length=LONGEST,
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 8 characters. Three words are easy to remember."),
        error_messages={"required": gettext_lazy("Choose a password.")},
    )
    agreement_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    agreement = forms.BooleanField(
        label=gettext_lazy("I have read the agreement and agree"),
        error_messages={"required": gettext_lazy("Read the agreement and tick the box.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Invite code"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        company: SiteOptions,
        code: str,
        invite: Invite | None,
        refusal: str,
    ) -> None:
        self.company, self.invite, self.refusal = company, invite, refusal
        seen = fingerprint(company)
        super().__init__(data, initial={"code": code, "agreement_seen": seen})
        for key in self.not_asked():
            del self.fields[key]
        if invite is not None:
            first, _blank, last = invite.name.partition(" ")
            self.initial.update(first_name=first, last_name=last, email=invite.email)

    def not_asked(self) -> set[str]:
        left_out: set[str] = set()
        if self.invite is not None:
            left_out |= {"cell_phone", "zip_code"}
        if not self.company.registration_zips.strip():
            left_out.add("zip_code")
        is_staff = self.invite is not None and self.invite.role != Role.CLIENT
        if is_staff:
            left_out.add("email")
        if is_staff or not self.company.agreement_text.strip():
            left_out |= {"agreement", "agreement_seen"}
        return left_out

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if bad_emails([email]):
            raise ValidationError(_("“%s” is not an e-mail address.") % email)
        return email

    def clean_cell_phone(self) -> str:
        phone: str = self.cleaned_data["cell_phone"]
        if not phone_words(phone, self.company.phone_region):
            raise ValidationError(_("“%s” is no phone number.") % phone)
        return phone

    def clean_zip_code(self) -> str:
        """Rule 72."""
        zip_code: str = self.cleaned_data["zip_code"]
        if not is_among(zip_code, split_zips(self.company.registration_zips)):
            refusal = _(
                "We do not come to %(zip)s yet. With an invite of the office you can register."
            )
            raise ValidationError(refusal % {"zip": zip_code})
        return zip_code

    def clean_code(self) -> str:
        if self.refusal:
            raise ValidationError(self.refusal)
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("agreement_seen")
        if seen and seen != fingerprint(self.company):
            self.add_error("agreement", _("The agreement was changed just now. Read it again."))
        if "password" in cleaned:
            self.check_password(cleaned["password"])
        return cleaned

    def check_password(self, password: str) -> None:
        try:
            validate_password(password, User(email=self.login_email, name=self.login_name))
        except ValidationError as problem:
            self.add_error("password", problem)

    @property
    def login_email(self) -> str:
        """The address of the login; of the staff the one that was invited."""
        if "email" not in self.fields and self.invite is not None:
            return self.invite.email
        return str(self.cleaned_data.get("email", ""))

    @property
    def login_name(self) -> str:
        names = (self.cleaned_data.get(key, "") for key in ("first_name", "last_name"))
        return " ".join(names).strip()[:200]

    @property
    def is_at_the_invited_address(self) -> bool:
        """The code went to this very address: it needs no other proof."""
        return self.invite is not None and self.login_email == self.invite.email.strip().lower()

    def hashed_password(self) -> str:
        """Costs the same time whoever registers."""
        return make_password(self.cleaned_data["password"])
