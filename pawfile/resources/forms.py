from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.lib.name_field import NameField
from pawfile.lib.zips import bad_zips, split_zips
from pawfile.resources.models import Territory, TerritoryZip, Vet

#: Zip codes of a territory; a country has no more.
MOST_ZIPS = 50_000


class VetForm(forms.ModelForm[Vet]):
    class Meta:
        model = Vet
        fields = ("name", "clinic", "phone", "address", "emergency_hours")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name.strip():
            raise forms.ValidationError(_("Say the vet's name."))
        return name


class TerritoryForm(forms.Form):
    name = NameField(label=gettext_lazy("Name"))
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        help_text=gettext_lazy("Stands beside the name, never alone."),
        validators=[
            RegexValidator(
                r"\A#[0-9a-fA-F]{6}\Z", gettext_lazy("Write a colour like #b45309, or choose one.")
            )
        ],
        error_messages={"required": gettext_lazy("Choose a colour.")},
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    zips = forms.CharField(
        label=gettext_lazy("Zip codes"),
        help_text=gettext_lazy("In any order, with commas, blanks or line breaks between them."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )

    def __init__(self, territory: Territory, data: Any = None) -> None:
        initial = {"name": territory.name, "colour": territory.colour}
        if territory.pk:
            initial["zips"] = ", ".join(territory.zip_codes())
        super().__init__(data, initial=initial)
        self.territory = territory

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        taken = Territory.objects.filter(name__iexact=name).exclude(pk=self.territory.pk)
        if taken.exists():
            raise ValidationError(_("“%s” exists already; choose another name.") % name)
        return name

    def clean_zips(self) -> list[str]:
        """Each is a zip code, and in no other territory."""
        zip_codes = split_zips(self.cleaned_data["zips"])
        if bad := bad_zips(zip_codes):
            said = _("“%s” is no zip code; write them like 43085, 43210.")
            raise ValidationError(said % bad[0][:100])
        if len(zip_codes) > MOST_ZIPS:
            raise ValidationError(_("A territory has at most %d zip codes.") % MOST_ZIPS)
        wanted, others = set(zip_codes), TerritoryZip.objects.exclude(territory=self.territory.pk)
        taken = [
            _("%(zip)s is in %(territory)s already.")
            % {"zip": each.zip_code, "territory": each.territory}
            for each in others.select_related("territory").order_by("zip_code")
            if each.zip_code in wanted
        ]
        if taken:
            raise ValidationError([ValidationError(line) for line in taken[:20]])
        return zip_codes
