"""Writing a journal with photos, and a note for other staff."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.lib.pictures import PictureError, check_picture
from pawfile.profiles.models import Photo
from pawfile.schedule.journals import MOST_PHOTOS
from pawfile.schedule.models import Done, Journal

LONGEST_NOTES = 5000
LONGEST_NOTE = 2000


class PicturesInput(forms.FileInput):
    """Django's own, for several files: ``value_from_datadict`` then gives a list."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of pictures, each told by its bytes; what is wrong names the file."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        problems = []
        files = [file for file in data or () if file]
        for file in files:
            try:
                check_picture(file, file.name)
            except PictureError as problem:
                problems.append(ValidationError(str(problem)))
        if problems:
            raise ValidationError(problems)
        return files


class JournalForm(forms.Form):
    done = forms.MultipleChoiceField(
        label=gettext_lazy("What was done"),
        choices=Done.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Tick only what is on the list.")},
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes for the client"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    photos = PicturesField(
        label=gettext_lazy("Add photos"),
        required=False,
        widget=PicturesInput(attrs={"accept": "image/*,.heic,.heif"}),
    )
    removed = forms.ModelMultipleChoiceField(
        Photo._base_manager.none(),
        label=gettext_lazy("Remove photos"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("That photo is no longer there.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, journal: Journal | None) -> None:
        initial: dict[str, Any] = {"version": journal.version if journal else 0}
        if journal is not None:
            initial |= {"done": journal.done, "notes": journal.notes}
        super().__init__(data, files, initial=initial)
        self.photos_kept = list(journal.photos.order_by("pk")) if journal else []
        if journal is not None:
            cast(Any, self.fields["removed"]).queryset = journal.photos.all()
        self.fields["photos"].help_text = _("Up to %d in all, straight from the phone.") % (
            MOST_PHOTOS
        )

    @property
    def given(self) -> dict[str, Any]:
        """What ``save_journal`` takes of it."""
        values = dict(self.cleaned_data)
        return {"opened_version": values.pop("version") or 0, **values}


class NoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For the office and other sitters. The client never sees it."),
        error_messages={"required": gettext_lazy("Write what the others should know.")},
    )
