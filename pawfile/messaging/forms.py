"""Writing a message: to whom, about what, the words, and files."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.lib.filetypes import described, kind_of_bytes
from pawfile.lib.lines import is_invisible, refuse_breaks
from pawfile.lib.pictures import FORMATS, MAX_BYTES, PictureError, check_picture
from pawfile.lib.wordings import WordsForm
from pawfile.messaging.partners import clients_for, sees, sitters_for
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.own_visits import called

LONGEST = 20_000
LONGEST_SUBJECT = 150
MOST_FILES = 6


class BodyField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 4})
    default_error_messages = {
        "required": gettext_lazy("Write a message first."),
        "max_length": gettext_lazy(
            "A message has room for %(limit_value)d letters; this one has %(show_value)d. "
            "Shorten it, or attach it as a PDF."
        ),
    }

    def __init__(self, **arguments: Any) -> None:
        super().__init__(max_length=LONGEST, label=gettext_lazy("Message"), **arguments)
        # A browser would cut off what is pasted without a word.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        text = cast(str, super().to_python(value))
        return "" if is_invisible(text) else text


class FilesInput(forms.FileInput):
    """Django's own, for several files: ``value_from_datadict`` then gives a list."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Pictures and PDFs, each told by its bytes; what is wrong names the file."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [file for file in data or () if file]
        problems = [problem for file in files if (problem := problem_of(file))]
        if len(files) > MOST_FILES:
            many = _("A message has room for %(most)d files; these are %(count)d.")
            problems.append(many % {"most": MOST_FILES, "count": len(files)})
        if problems:
            raise ValidationError([ValidationError(problem) for problem in problems])
        return files


def problem_of(file: Any) -> str:
    """Why a file cannot be attached; empty if it can."""
    name = str(file.name)
    if file.size > MAX_BYTES:
        return _("%s is larger than 25 MB. Send a smaller file.") % name
    head = file.read(4096)
    file.seek(0)
    kind = kind_of_bytes(head)
    if not head:
        return _("%s is empty. Choose the file again.") % name
    if kind == "PDF":
        return ""
    if kind not in FORMATS:
        what = {"name": name, "kind": described(kind)}
        return _("%(name)s is %(kind)s. Attach a picture or a PDF.") % what
    try:
        check_picture(file, name)
    except PictureError as problem:
        return str(problem)
    return ""


class ReplyForm(WordsForm):
    wording = "body"
    code_told = gettext_lazy(
        "This looks like a code. Messages are read by several people: leave it out here, and save "
        "it on the profile under Codes and instructions; or say that it is none."
    )

    body = BodyField(required=False)
    attached = FilesField(
        label=gettext_lazy("Attach pictures or PDFs"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/*,.heic,.heif,application/pdf"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("body") and not given.get("attached") and not self.errors:
            self.add_error("body", _("Write a message first, or attach a file."))
        return given


class MessageForm(ReplyForm):
    """A new conversation. Staff choose a client or a sitter; a client the home and perhaps a
    sitter, else it goes to the office."""

    field_order = ("client", "sitter", "subject", "body", "attached")

    client = forms.ModelChoiceField(
        Client._base_manager.none(),
        label=gettext_lazy("Client"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a client from the list.")},
    )
    sitter = forms.ModelChoiceField(
        User._default_manager.none(),
        label=gettext_lazy("Sitter"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a sitter from the list.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        required=False,
        max_length=LONGEST_SUBJECT,
        validators=[refuse_breaks],
    )

    def __init__(self, *args: Any, by: User, company: SiteOptions, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        self.by = by
        self.clients, self.sitters = clients_for(by, company), sitters_for(by, company)
        cast(Any, self.fields["client"]).queryset = self.clients
        cast(Any, self.fields["sitter"]).queryset = self.sitters

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        client, sitter = given.get("client"), given.get("sitter")
        if self.by.is_client and client is None and "client" not in self.errors:
            homes = list(self.clients[:2])
            if len(homes) == 1:
                given["client"] = homes[0]
            else:
                self.add_error("client", _("Choose the home it is about."))
        client = given.get("client")
        if client is not None and (reason := self.why_unread(client)):
            self.add_error("client", reason)
        if self.by.is_client and client and sitter and not sees(sitter, client):
            self.add_error("sitter", _("%s does not come to this home.") % called(sitter))
        if self.by.is_office and not self.errors.keys() & {"client", "sitter"}:
            if client is None and sitter is None:
                self.add_error("client", _("Choose a client or a sitter to write to."))
            if client is not None and sitter is not None:
                self.add_error("sitter", _("Choose a client or a sitter, not both."))
        if self.by.is_sitter:
            given["sitter"] = self.by
        return given

    def why_unread(self, client: Client) -> str:
        """Why nobody would read it at this client's; empty if somebody can."""
        if self.by.is_client or client.logins.filter(is_active=True).exists():
            return ""
        if self.by.is_office:
            return _("Nobody signs in for them yet, so nobody could read it. Invite them first.")
        return _("Nobody signs in for them yet, so nobody could read it. Call them, or the office.")


class ManyForm(WordsForm):
    wording = "body"

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        required=False,
        max_length=LONGEST_SUBJECT,
        validators=[refuse_breaks],
    )
    body = BodyField()


class InternalNoteForm(WordsForm):
    wording = "text"

    text = forms.CharField(
        label=gettext_lazy("Internal note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Write the note first."),
            "max_length": gettext_lazy(
                "A note has room for %(limit_value)d letters; this one has %(show_value)d."
            ),
        },
    )
    is_for_sitters = forms.BooleanField(
        label=gettext_lazy("Sitters of this client see it too"), required=False
    )

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        self.fields["text"].widget.attrs.pop("maxlength", None)
