from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.lib.emails import bad_emails


class WordsForm(forms.Form):
    """What the office says to whom it invites."""

    words = forms.CharField(
        label=gettext_lazy("Your own words"),
        help_text=gettext_lazy("They stand on top of the mail. You can leave this empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        return words.replace("\r\n", "\n").replace("\r", "\n")


class InviteForm(WordsForm):
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say the address the invite goes to.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["email", "words"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if bad_emails([email]):
            raise forms.ValidationError(
                _("“%s” is no e-mail address; say one like name@example.com.") % email
            )
        return email


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Invite code"),
        help_text=gettext_lazy("It is in the mail from the office, like 7K3QM-X9R2V-B4HTN-P8WDC."),
        max_length=200,
        error_messages={"required": gettext_lazy("Type the code that is in the mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
