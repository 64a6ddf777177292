from django import forms
from django.utils.translation import gettext as _

from pawfile.resources.models import Vet


class VetForm(forms.ModelForm[Vet]):
    class Meta:
        model = Vet
        fields = ("name", "clinic", "phone", "address", "emergency_hours")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name.strip():
            raise forms.ValidationError(_("Say the vet's name."))
        return name
