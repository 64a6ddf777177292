"""What to say of words that were saved, where the next page does not ask about them."""

from django.contrib import messages
from django.utils.translation import gettext as _

from pawfile.accounts.access import Request
from pawfile.lib.codes import find_codes


def warn_of_code(request: Request, text: str) -> None:
    """Whoever wrote a code hears at once that it is no place for it."""
    if not find_codes(text):
        return
    if request.user.is_office:
        said = _("There seems to be a code in it. It waits under Codes in text.")
    else:
        said = _(
            "There seems to be a code in it. Codes are safer in the vault: the office is told."
        )
    messages.warning(request, said)
