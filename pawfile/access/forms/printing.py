"""What goes onto sheets: which paper, and which codes, each ticked by hand."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pawfile.access.code_list import Code
from pawfile.access.sheet_pdf import PAPERS

#: More ticks at once than anybody opens codes in an hour.
MOST_CODES = 30


class PrintForm(forms.Form):
    paper = forms.ChoiceField(
        choices=[("letter", _("Letter")), ("a4", "A4")],
        error_messages={"invalid_choice": _("Choose Letter or A4.")},
        required=False,
    )
    codes = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Tick only codes that are on the list.")},
    )

    def __init__(self, data: Any, *, offered: dict[str, Code], paper: str) -> None:
        super().__init__(data, initial={"paper": paper})
        self.usual = paper
        choices = [(name, str(code.label)) for name, code in offered.items()]
        cast(Any, self.fields["codes"]).choices = choices

    def clean_paper(self) -> str:
        paper = self.cleaned_data["paper"]
        return paper if paper in PAPERS else self.usual

    def clean_codes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["codes"]
        if len(codes) > MOST_CODES:
            words = _("Tick at most %(most)d codes at once; these are %(count)d.")
            raise forms.ValidationError(words, params={"most": MOST_CODES, "count": len(codes)})
        return codes
