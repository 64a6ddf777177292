from typing import Any

from django.utils.translation import gettext as _

from pawfile.profiles.forms.profile import ProfileForm
from pawfile.profiles.models import Client


class ClientForm(ProfileForm):
    record: Client

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse_blocked_sitters()
        return cleaned

    def refuse_blocked_sitters(self) -> None:
        """A blocked sitter is neither primary nor secondary; nobody is both.

        Asked only when one of them is answered, and said without the word "blocked" to those who
        may not see whom the client blocks.
        """
        blocked = self.values.get("blocked_sitters")
        if blocked is None:
            blocked = list(self.record.blocked_sitters.all()) if self.record.pk else []
        for key in ("primary_sitter", "secondary_sitter"):
            sitter = self.answer(key)
            is_asked = key in self.values or "blocked_sitters" in self.values
            if is_asked and sitter is not None and sitter in blocked:
                where = key if key in self.fields else None
                is_known = "blocked_sitters" in self.policy
                refusal = _("%s is blocked for this client.") if is_known else _("Not %s, please.")
                self.add_error(where, refusal % sitter)
        primary = self.answer("primary_sitter")
        if primary is not None and primary == self.answer("secondary_sitter"):
            where = "secondary_sitter" if "secondary_sitter" in self.fields else None
            self.add_error(where, _("%s is the primary sitter already.") % primary)
