from django import forms
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.schedule.feeds import may_have_address, may_have_notes


class FeedForm(forms.Form):
    """What a calendar says besides; only what its reader may see can be chosen."""

    has_address = forms.BooleanField(
        required=False,
        label=_("Address of the home"),
        help_text=_("Whoever gets hold of your calendar then reads where the visits are."),
    )
    has_note = forms.BooleanField(
        required=False,
        label=_("Note to the sitter"),
        help_text=_("Leave it out if notes can say how to get in."),
    )

    def __init__(self, *args: object, reader: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not may_have_address(reader):
            del self.fields["has_address"]
        if not may_have_notes(reader):
            del self.fields["has_note"]
