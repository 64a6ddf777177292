"""Uploading files to a client or pet, and changing one."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.lib.documents import DocumentError, check_document
from pawfile.lib.name_field import NameField
from pawfile.options.models import SiteOptions
from pawfile.profiles.filing import Upload, sights_for
from pawfile.profiles.models import ProfileFile, Sight

#: As many at once as a person can keep an eye on.
MOST_AT_ONCE = 20
ACCEPTED = "application/pdf,image/*,.heic,.heif"


class FilesInput(forms.FileInput):
    """Django's own, for several files: ``value_from_datadict`` then gives a list."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Any number of files, each told by its bytes; what is wrong names the file.

    ``megabytes`` is set by the form.
    """

    widget = FilesInput
    megabytes: int

    def clean(self, value: Any) -> list[Upload]:
        files = [file for file in (value if isinstance(value, list) else [value]) if file]
        if not files and self.required:
            raise ValidationError(_("Choose a PDF or a picture."))
        if len(files) > MOST_AT_ONCE:
            words = _("Choose at most %(most)d files at once; these are %(count)d.")
            raise ValidationError(words % {"most": MOST_AT_ONCE, "count": len(files)})
        uploads, problems = [], []
        for file in files:
            try:
                kind = check_document(file, file.name, size=file.size, megabytes=self.megabytes)
            except DocumentError as problem:
                problems.append(ValidationError(str(problem)))
            else:
                uploads.append(Upload(file, kind))
        if problems:
            raise ValidationError(problems)
        return uploads


class FileForm(forms.Form):
    """What both forms have: who may see it. Who has no choice is not asked."""

    sight = forms.ChoiceField(
        label=gettext_lazy("Who may see it"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say who may see it."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        reader: User,
        company: SiteOptions,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, files, initial=initial)
        sights = sights_for(reader)
        cast(Any, self.fields["sight"]).choices = [(each.value, each.label) for each in sights]
        self.only_sight = sights[0] if len(sights) == 1 else None
        if self.only_sight:
            del self.fields["sight"]
        for field in self.fields.values():
            if isinstance(field, FilesField):
                field.megabytes = company.file_megabytes
                field.help_text = _("PDFs up to %(most)d MB and pictures.") % {
                    "most": company.file_megabytes
                }

    @property
    def chosen_sight(self) -> str:
        return self.only_sight or self.cleaned_data["sight"]


class UploadForm(FileForm):
    new_files = FilesField(
        label=gettext_lazy("Files"), widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True})
    )
    field_order = ["sight", "new_files"]

    def __init__(
        self, data: Any = None, files: Any = None, *, reader: User, company: SiteOptions
    ) -> None:
        initial = {"sight": Sight.STAFF}
        super().__init__(data, files, reader=reader, company=company, initial=initial)


class ChangeForm(FileForm):
    title = NameField(label=gettext_lazy("Title"))
    newer = FilesField(
        label=gettext_lazy("Replace by"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    field_order = ["title", "sight", "newer"]

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        file: ProfileFile,
        reader: User,
        company: SiteOptions,
    ) -> None:
        initial = {"title": file.title, "sight": file.sight}
        super().__init__(data, files, reader=reader, company=company, initial=initial)

    @property
    def given(self) -> dict[str, Any]:
        """What ``change_file`` takes of it."""
        uploads = self.cleaned_data["newer"]
        upload = uploads[0] if uploads else None
        return {"title": self.cleaned_data["title"], "sight": self.chosen_sight, "upload": upload}
