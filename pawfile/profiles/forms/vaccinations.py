"""The form of a vaccination: its name, its days, and the file that proves it."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.lib.name_field import NameField
from pawfile.options.models import SiteOptions
from pawfile.profiles.filing import may_add
from pawfile.profiles.forms.files import ACCEPTED, FilesField
from pawfile.profiles.models import Pet, ProfileFile, Vaccination
from pawfile.profiles.vaccinating import Given
from pawfile.profiles.vaccinations import day_text

#: No animal in the book is older, and no vaccination holds longer.
YEARS = 50


def day_field(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        error_messages={"invalid": gettext_lazy("Write a day like 2026-03-08.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class VaccinationForm(forms.Form):
    name = NameField(label=gettext_lazy("Vaccination"), max_length=100)
    given_on = day_field(gettext_lazy("Given"), "")
    expires_on = day_field(
        gettext_lazy("Expires"), gettext_lazy("The last day on which it holds, if known.")
    )
    proof = forms.ModelChoiceField(
        label=gettext_lazy("Proof"),
        queryset=ProfileFile.objects.none(),
        required=False,
        empty_label=gettext_lazy("No file"),
        help_text=gettext_lazy("A file that is here already."),
        error_messages={"invalid_choice": gettext_lazy("Choose one of these files.")},
    )
    new_proof = FilesField(
        label=gettext_lazy("Upload a proof"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        pet: Pet,
        vaccination: Vaccination | None = None,
        reader: User,
        company: SiteOptions,
    ) -> None:
        kept = vaccination or Vaccination(pet=pet)
        initial = {key: getattr(kept, key) for key in ("name", "given_on", "expires_on", "proof")}
        super().__init__(data, files, initial=initial)
        self.fields["name"].widget.attrs["list"] = "vaccines"
        self.hidden_proof = self.offer_files(pet, kept, reader)
        upload = cast(FilesField, self.fields["new_proof"])
        upload.megabytes = company.file_megabytes
        upload.help_text = _("A PDF up to %(most)d MB or a picture.") % {"most": upload.megabytes}
        if not may_add(reader, company) or reader.viewed_by:
            del self.fields["new_proof"]

    def offer_files(self, pet: Pet, kept: Vaccination, reader: User) -> ProfileFile | None:
        """The files of the pet and of the home that the reader sees. A proof that the reader does
        not see is not offered and stays what it is."""
        files = ProfileFile.objects.visible_to(reader).current().filter(client=pet.client_id)
        files = files.filter(Q(pet=pet) | Q(pet=None))
        cast(forms.ModelChoiceField[ProfileFile], self.fields["proof"]).queryset = files
        is_hidden = kept.proof_id is not None and not files.filter(pk=kept.proof_id).exists()
        if is_hidden or not files.exists():
            del self.fields["proof"]
        return kept.proof if is_hidden else None

    def clean_given_on(self) -> date | None:
        day: date | None = self.cleaned_data["given_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Say when it was given."))
        return in_reach(day)

    def clean_expires_on(self) -> date | None:
        return in_reach(self.cleaned_data["expires_on"])

    def clean(self) -> dict[str, Any]:
        given, ends = self.cleaned_data.get("given_on"), self.cleaned_data.get("expires_on")
        if given and ends and ends <= given:
            words = _("It was given on {day} and would end before. Choose a later day.")
            self.add_error("expires_on", words.format(day=day_text(given)))
        if not given and not ends and not {"given_on", "expires_on"} & self.errors.keys():
            self.add_error("given_on", _("Say when it was given or when it expires."))
        return self.cleaned_data

    @property
    def given(self) -> Given:
        uploads = self.cleaned_data.get("new_proof")
        return Given(
            name=self.cleaned_data["name"],
            given_on=self.cleaned_data["given_on"],
            expires_on=self.cleaned_data["expires_on"],
            proof=self.cleaned_data.get("proof") or self.hidden_proof,
            upload=uploads[0] if uploads else None,
        )


def in_reach(day: date | None) -> date | None:
    if day and abs(day.year - timezone.localdate().year) > YEARS:
        raise ValidationError(_("Look at the year: %d is too far away.") % day.year)
    return day
