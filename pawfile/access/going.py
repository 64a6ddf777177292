"""Which keys go with a client that is deleted; the keys themselves stay in somebody's hands."""

from django.utils.translation import gettext as _

from pawfile.access.models import Key
from pawfile.profiles.models import Client


def keys_with(client: Client) -> list[str]:
    keys = Key.objects.filter(client=client).select_related("sitter", "location")
    return [
        (_("Key %(code)s, with %(who)s.") if key.sitter else _("Key %(code)s: %(who)s."))
        % {"code": key.code, "who": key.spot}
        for key in keys
    ]
