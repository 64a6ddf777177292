"""Every address of the site and who may call it: the table that the tests in this folder walk."""

from dataclasses import dataclass

from django.urls import reverse

from tests.access.home import CHANGE, FRONT, TAG, TWIN, Home

#: Columns of the table, in this order. ``sam`` is the sitter of the client of the address,
#: ``stan`` has never met her; ``cleo`` is her login, ``carl`` belongs to another client.
PEOPLE = ("ada", "mona", "sam", "stan", "cleo", "carl", "nobody")


@dataclass(frozen=True)
class Address:
    """One address: what a GET of it answers to each of PEOPLE, and what it can be asked with."""

    statuses: tuple[int, ...]
    methods: str = "GET HEAD"
    #: Whose number is in the address: a field of Home; "" if there is none.
    about: str = ""
    #: What follows the number.
    more: tuple[str | int, ...] = ()
    #: The number is not in the path but in the query, under this name.
    query: str = ""

    def url(self, name: str, home: Home, number: int | str = "") -> str:
        """The address of the home's record, or the same with another number."""
        if self.about:
            own: int = getattr(home, self.about).pk
            if self.query:
                return f"{reverse(name)}?{self.query}={number or own}"
            url = reverse(name, args=[own, *self.more])
            return url.replace(f"/{own}/", f"/{number}/", 1) if number else url
        return reverse(name, args=self.more)


EVERY = "GET HEAD POST DELETE PATCH TRACE"
READ, FORM, POST = "GET HEAD", "GET HEAD POST", "POST"
IN = 302  # to the sign-in page

ADDRESSES: dict[str, Address] = {
    # name                   ada  mona sam  stan cleo carl nobody
    "home": Address((200, 200, 200, 200, 200, 200, IN)),
    "health": Address((200, 200, 200, 200, 200, 200, 200)),
    "icon_sprite": Address((200, 200, 200, 200, 200, 200, 200)),
    "style_page": Address((200, 403, 403, 403, 403, 403, IN)),
    "list_export": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("clients",)),
    "company_export": Address((200, 403, 403, 403, 403, 403, IN)),
    # First the password: tests/exports/test_company_export.py goes on behind it.
    "company_export_create": Address((302, 403, 403, 403, 403, 403, IN), FORM),
    "company_export_detail": Address((200, 403, 403, 403, 403, 403, IN), READ, "export"),
    "company_export_file": Address((302, 403, 403, 403, 403, 403, IN), READ, "export"),
    "client_list": Address((200, 200, 200, 200, 403, 403, IN)),
    "client_columns": Address((405, 405, 405, 405, 403, 403, IN), "POST"),
    "client_picker": Address((200, 200, 200, 200, 200, 200, IN)),
    "client_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "client_detail": Address((200, 200, 200, 404, 200, 404, IN), READ, "client"),
    "client_row": Address((200, 200, 200, 404, 403, 403, IN), READ, "client"),
    "client_edit": Address((200, 200, 403, 404, 200, 404, IN), FORM, "client"),
    "client_delete": Address((200, 403, 403, 403, 403, 403, IN), FORM, "client"),
    "client_photos": Address(
        (200, 200, 404, 404, 200, 404, IN), READ, "client", query="client"
    ),
    "client_changes": Address((200, 200, 200, 404, 200, 404, IN), READ, "client", ("street",)),
    "change_inbox": Address((200, 200, 403, 403, 403, 403, IN)),
    "change_tick": Address((405, 405, 403, 403, 403, 403, IN), POST),
    "client_timeline": Address((200, 200, 200, 404, 200, 404, IN), READ, "client"),
    "client_as_of": Address((200, 200, 200, 404, 200, 404, IN), READ, "client"),
    "client_restore": Address(
        (200, 200, 403, 404, 200, 404, IN), FORM, "client", (CHANGE,)
    ),
    "pet_restore": Address((200, 200, 403, 404, 200, 404, IN), FORM, "pet", (CHANGE,)),
    "client_field_photo": Address(
        (200, 200, 200, 404, 200, 404, IN), READ, "client", (f"cf_{FRONT}", "small")
    ),
    "pet_field_photo": Address(
        (200, 200, 200, 404, 200, 404, IN), READ, "pet", (f"cf_{TAG}", "small")
    ),
    "client_secret": Address(
        (405, 405, 405, 405, 405, 405, IN), POST, "client", ("door_code",)
    ),
    "pet_secret": Address((405, 405, 405, 405, 405, 405, IN), POST, "pet", ("cf_1",)),
    "pet_list": Address((200, 200, 200, 200, 200, 200, IN)),
    "pet_create": Address((200, 200, 403, 403, 200, 200, IN), FORM),
    "pet_detail": Address((200, 200, 200, 404, 200, 404, IN), READ, "pet"),
    "pet_edit": Address((200, 200, 403, 404, 200, 404, IN), FORM, "pet"),
    "pet_delete": Address((200, 403, 403, 403, 403, 403, IN), FORM, "pet"),
    "pet_changes": Address((200, 200, 200, 404, 200, 404, IN), READ, "pet", ("name",)),
    "pet_vaccinations": Address((200, 200, 200, 404, 200, 404, IN), READ, "pet"),
    "vaccination_create": Address((200, 200, 403, 404, 200, 404, IN), FORM, "pet"),
    "vaccination_edit": Address((200, 200, 403, 404, 200, 404, IN), FORM, "vaccination"),
    "vaccination_remove": Address((405, 405, 405, 405, 405, 405, IN), POST, "vaccination"),
    # Files: ``file`` is for everybody and came from Cleo; ``gone`` was removed.
    "client_files": Address((200, 200, 200, 404, 200, 404, IN), FORM, "client"),
    "pet_files": Address((200, 200, 200, 404, 200, 404, IN), FORM, "pet"),
    "file_download": Address((200, 200, 200, 404, 200, 404, IN), READ, "file"),
    "file_preview": Address((200, 200, 200, 404, 200, 404, IN), READ, "file"),
    "file_edit": Address((200, 200, 403, 404, 200, 404, IN), FORM, "file"),
    "file_remove": Address((405, 405, 405, 405, 405, 405, IN), POST, "file"),
    "file_restore": Address((405, 403, 403, 403, 403, 403, IN), POST, "gone"),
    # On paper. ``run`` was asked for by Sam.
    "client_print": Address((200, 200, 200, 404, 200, 404, IN), FORM, "client"),
    "clients_print": Address((200, 200, 200, 404, 403, 403, IN), FORM, "client", query="client"),
    "print_run_detail": Address((404, 404, 200, 404, 403, 403, IN), READ, "run"),
    "print_run_pdf": Address((404, 404, 200, 404, 403, 403, IN), READ, "run"),
    "my_info": Address((403, 403, 403, 403, 200, 200, IN)),
    "my_pets": Address((403, 403, 403, 403, 200, 200, IN)),
    "photo": Address((200, 200, 200, 404, 200, 404, IN), READ, "photo", ("small",)),
    "vet_list": Address((200, 200, 200, 200, 403, 403, IN)),
    "vet_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "vet_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "vet"),
    # Services and prices: the office's.
    "service_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "service_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "service_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "service"),
    "service_delete": Address((405, 405, 403, 403, 403, 403, IN), POST, "service"),
    "block_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "block_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "block"),
    "block_delete": Address((405, 405, 403, 403, 403, 403, IN), POST, "block"),
    "client_prices": Address((200, 200, 403, 403, 403, 403, IN), FORM, "client"),
    # Codes in free text: ``find`` is one in a text of Cleo's home.
    "find_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "client_finds": Address((200, 200, 200, 404, 200, 404, IN), READ, "client"),
    "find_move": Address((200, 200, 404, 404, 200, 404, IN), FORM, "find"),
    "find_dismiss": Address((405, 405, 403, 403, 405, 405, IN), POST, "find"),
    "territory_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "territory_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "territory_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "territory"),
    "territory_delete": Address((200, 200, 403, 403, 403, 403, IN), FORM, "territory"),
    # Registration; whoever is signed in has no need of it.
    "register": Address((302, 302, 302, 302, 302, 302, 200), FORM),
    "register_sent": Address((200,) * 7),
    "agreement_detail": Address((200, 200, 403, 403, 200, 404, IN), READ, "agreement"),
    "client_registration": Address((200, 200, 403, 403, 200, 404, IN), READ, "client"),
    "double_detail": Address((200, 200, 403, 403, 403, 403, IN), FORM, "double"),
    "double_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "double_search": Address((405, 405, 403, 403, 403, 403, IN), POST),
    "pair_apart": Address((405, 405, 403, 403, 403, 403, IN), POST, "pair"),
    "client_doubles": Address((200, 200, 403, 403, 403, 403, IN), READ, "client"),
    "client_merge": Address((200, 200, 403, 403, 403, 403, IN), FORM, "client", (TWIN,)),
    "pet_merge": Address((200, 200, 403, 403, 403, 403, IN), FORM, "pet", (TWIN,)),
    "merge_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "merge_detail": Address((200, 200, 403, 403, 403, 403, IN), READ, "merge"),
    "merge_undo": Address((405, 405, 403, 403, 403, 403, IN), POST, "merge"),
    "start": Address((403, 403, 403, 403, 302, 302, IN)),
    "start_step": Address((403, 403, 403, 403, 200, 404, IN), FORM, "client", ("home",)),
    # Visits; Sam is to make the one of the address.
    "schedule": Address((200, 200, 403, 403, 403, 403, IN)),
    "client_visits": Address((200, 200, 200, 404, 403, 403, IN), READ, "client"),
    "visit_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "visit_check": Address((405, 405, 403, 403, 403, 403, IN), POST),
    "visit_detail": Address((200, 200, 200, 404, 200, 404, IN), READ, "visit"),
    "visit_codes": Address((200, 200, 200, 404, 403, 403, IN), READ, "visit"),
    "visit_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "visit"),
    "series_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "visit"),
    "series_cancel": Address((200, 200, 403, 403, 403, 403, IN), FORM, "visit"),
    "visit_assign": Address((200, 200, 403, 403, 403, 403, IN), FORM, "visit"),
    "visit_cancel": Address((200, 200, 403, 403, 403, 403, IN), FORM, "visit"),
    "visit_copy": Address((200, 200, 403, 403, 403, 403, IN), FORM, "visit"),
    "visit_delete": Address((200, 403, 403, 403, 403, 403, IN), FORM, "visit"),
    "visit_accept": Address((403, 403, 405, 405, 403, 403, IN), POST, "visit"),
    "visit_decline": Address((403, 403, 200, 404, 403, 403, IN), FORM, "visit"),
    "visit_arrive": Address((405, 405, 405, 405, 403, 403, IN), POST, "visit"),
    "visit_complete": Address((405, 405, 405, 405, 403, 403, IN), POST, "visit"),
    "visit_restore": Address((405, 405, 403, 403, 403, 403, IN), POST, "visit"),
    "visit_unavailable": Address((405, 405, 403, 403, 403, 403, IN), POST, "visit"),
    "visit_journal": Address((200, 200, 200, 404, 403, 403, IN), FORM, "told"),
    "journal_list": Address((200, 200, 200, 200, 200, 200, IN)),
    "journal_detail": Address((200, 200, 200, 404, 200, 404, IN), READ, "journal"),
    "journal_photo": Address((200, 200, 200, 404, 200, 404, IN), READ, "journal_photo", ("small",)),
    "client_journals": Address((200, 200, 200, 404, 403, 403, IN), READ, "client"),
    "note_create": Address((200, 200, 200, 404, 403, 403, IN), FORM, "client"),
    "note_remove": Address((405, 405, 405, 405, 403, 403, IN), POST, "note"),
    # Messages: what Sam wrote to Cleo, and what the office says to many and to itself.
    "message_list": Address((200, 200, 200, 200, 200, 200, IN)),
    "message_create": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "conversation_detail": Address((200, 200, 200, 404, 200, 404, IN), FORM, "conversation"),
    "conversation_news": Address((200, 200, 200, 404, 200, 404, IN), READ, "conversation"),
    "attachment_file": Address((200, 200, 200, 404, 200, 404, IN), READ, "pdf"),
    "attachment_picture": Address((200, 200, 200, 404, 200, 404, IN), READ, "picture", ("small",)),
    "message_to_many": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "broadcast_detail": Address((200, 200, 403, 403, 403, 403, IN), READ, "broadcast"),
    "internal_note_list": Address((200, 200, 200, 404, 403, 403, IN), FORM, "client"),
    "internal_note_remove": Address((405, 405, 403, 403, 403, 403, IN), POST, "internal"),
    # How to get in.
    "client_entry": Address((200, 200, 200, 404, 200, 404, IN), READ, "client"),
    "entry_confirm": Address((405, 405, 405, 405, 405, 405, IN), POST, "client"),
    "entry_plan_list": Address((200, 200, 403, 403, 403, 403, IN)),
    # Asked by mail of whoever gets it; what is no open question's address is not found.
    "entry_check": Address((404,) * 7, FORM, more=("no-such-secret",)),
    "way_in_create": Address((200, 200, 403, 404, 200, 404, IN), FORM, "client"),
    "way_in_edit": Address((200, 200, 403, 404, 200, 404, IN), FORM, "way"),
    "way_in_move": Address((405, 405, 405, 405, 405, 405, IN), POST, "way"),
    "way_in_remove": Address((405, 405, 405, 405, 405, 405, IN), POST, "way"),
    # A sitter's day and a client's visits. ``visit`` is at Cleo's home, Sam has it.
    "my_schedule": Address((403, 403, 200, 200, 200, 200, IN)),
    "time_off_list": Address((403, 403, 200, 200, 403, 403, IN), FORM),
    "time_off_remove": Address((403, 403, 405, 405, 403, 403, IN), POST, "off"),
    "visit_request": Address((403, 403, 403, 403, 200, 200, IN), FORM),
    "own_visit_change": Address((404, 404, 404, 404, 200, 404, IN), FORM, "visit"),
    "own_visit_cancel": Address((404, 404, 404, 404, 200, 404, IN), FORM, "visit"),
    "own_visits": Address((403, 403, 403, 403, 200, 200, IN)),
    "own_visit_take_back": Address((405, 405, 405, 405, 405, 405, IN), POST, "visit"),
    # Keys. ``key`` is of Cleo's home; Sam asked for it.
    "key_list": Address((200, 200, 200, 200, 403, 403, IN)),
    "key_create": Address((200, 200, 403, 403, 403, 403, IN), FORM, "client", query="client"),
    "key_detail": Address((200, 200, 200, 404, 403, 403, IN), READ, "key"),
    "key_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "key"),
    "key_lost": Address((405, 405, 405, 405, 403, 403, IN), POST, "key"),
    "key_found": Address((405, 405, 403, 403, 403, 403, IN), POST, "key"),
    "key_remove": Address((200, 200, 403, 403, 403, 403, IN), FORM, "key"),
    "key_pickup": Address((403, 403, 405, 405, 403, 403, IN), POST, "key"),
    "hand_over_create": Address((200, 200, 200, 404, 403, 403, IN), FORM, "key"),
    "hand_over_list": Address((200, 200, 200, 200, 403, 403, IN)),
    "hand_over_confirm": Address((405, 405, 405, 405, 405, 405, IN), POST, "hand_over"),
    "hand_over_refuse": Address((405, 405, 405, 405, 405, 405, IN), POST, "hand_over"),
    "key_labels": Address((200, 200, 403, 403, 403, 403, IN), READ, "key", query="key"),
    "found_key": Address((200,) * 7, READ, more=("no-such-key",)),
    "key_notice_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "key_needs": Address((403, 403, 200, 200, 403, 403, IN)),
    "key_location_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "key_location_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "key_location_edit": Address((200, 200, 403, 403, 403, 403, IN), FORM, "location"),
    "client_keys": Address((200, 200, 200, 404, 200, 404, IN), READ, "client"),
    "my_review": Address((403, 403, 403, 403, 200, 200, IN), FORM),
    "unread_change_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "client_since": Address((403, 403, 200, 404, 403, 403, IN), READ, "client"),
    "changes_acknowledge": Address((403, 403, 405, 405, 403, 403, IN), POST, "client"),
    "request_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "request_answer": Address((405, 405, 403, 403, 403, 403, IN), POST, "asked"),
    "client_invites": Address((200, 200, 403, 403, 403, 403, IN), READ, "client"),
    "client_invite": Address((200, 200, 403, 403, 403, 403, IN), FORM, "client"),
    "invite_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "invite_create": Address((200, 200, 403, 403, 403, 403, IN), FORM),
    "invite_renew": Address((405, 405, 403, 403, 403, 403, IN), POST, "invite"),
    "invite_revoke": Address((405, 405, 403, 403, 403, 403, IN), POST, "invite"),
    "invite_redeem": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "site_options": Address((200, 403, 403, 403, 403, 403, IN), FORM),
    "options_scheduling": Address((200, 403, 403, 403, 403, 403, IN), FORM),
    # People: administrators only. ``user`` is a staff member, ``login`` the client's.
    "user_list": Address((200, 403, 403, 403, 403, 403, IN)),
    "user_detail": Address((200, 403, 403, 403, 403, 403, IN), FORM, "user"),
    "staff_invite": Address((200, 403, 403, 403, 403, 403, IN), FORM),
    "user_offboard": Address((200, 403, 403, 403, 403, 403, IN), FORM, "user"),
    "login_list": Address((200, 403, 403, 403, 403, 403, IN)),
    "login_detail": Address((200, 403, 403, 403, 403, 403, IN), FORM, "login"),
    "login_deactivate": Address((200, 403, 403, 403, 403, 403, IN), FORM, "login"),
    "login_view": Address((405, 403, 403, 403, 403, 403, IN), POST, "login"),
    "view_end": Address((405, 403, 403, 403, 405, 405, IN), POST),
    "person_reactivate": Address((405, 403, 403, 403, 403, 403, IN), POST, "login"),
    "person_sign_out": Address((405, 403, 403, 403, 403, 403, IN), POST, "login"),
    "person_reset": Address((405, 403, 403, 403, 403, 403, IN), POST, "login"),
    "person_factors_remove": Address((405, 403, 403, 403, 403, 403, IN), POST, "login"),
    "person_attach": Address((405, 403, 403, 403, 403, 403, IN), POST, "login"),
    "person_detach": Address((405, 403, 403, 403, 403, 403, IN), POST, "login", (7,)),
    # Who opened codes, and which to change: the opening of the address is by somebody gone.
    "codes_to_change": Address((200, 200, 403, 403, 403, 403, IN)),
    "codes_ask": Address((405, 405, 403, 403, 403, 403, IN), POST, "client"),
    "code_keep": Address((200, 200, 403, 403, 403, 403, IN), FORM, "reveal"),
    "home_access_list": Address((200, 403, 403, 403, 403, 403, IN)),
    "home_access_export": Address((405, 403, 403, 403, 403, 403, IN), POST),
    "client_opened": Address((200, 403, 403, 403, 403, 403, IN), READ, "client"),
    "my_opened": Address((403, 403, 403, 403, 200, 200, IN)),
    "mail_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "mail_detail": Address((200, 200, 403, 403, 403, 403, IN), READ, "mail"),
    "mail_send_again": Address((405, 405, 403, 403, 403, 403, IN), POST, "mail"),
    "activity_list": Address((200, 403, 403, 403, 403, 403, IN)),
    # The fields themselves, for administrators only.
    "field_list": Address((200, 403, 403, 403, 403, 403, IN)),
    "field_counts": Address((200, 403, 403, 403, 403, 403, IN)),
    "animal_list": Address((200, 403, 403, 403, 403, 403, IN), FORM),
    "field_undo": Address((405, 403, 403, 403, 403, 403, IN), POST, more=("client",)),
    "field_create": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("pet",)),
    "section_create": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("client",)),
    "section_edit": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("client", "home")),
    "section_move": Address((405, 403, 403, 403, 403, 403, IN), POST, more=("client", "home")),
    "section_remove": Address((405, 403, 403, 403, 403, 403, IN), POST, more=("client", "home")),
    "field_edit": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("client", "city")),
    "field_access": Address((405, 403, 403, 403, 403, 403, IN), POST, more=("client", "city")),
    "field_move": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("pet", "feeding")),
    "field_kind": Address((200, 403, 403, 403, 403, 403, IN), FORM, more=("pet", f"cf_{TAG}")),
    "field_archive": Address(
        (200, 403, 403, 403, 403, 403, IN), FORM, more=("client", f"cf_{FRONT}")
    ),
    "field_restore": Address(
        (200, 403, 403, 403, 403, 403, IN), FORM, more=("client", f"cf_{FRONT}")
    ),
    "swap_fields": Address((200, 403, 403, 403, 403, 403, IN), FORM),
    "imported_list": Address((200, 200, 403, 403, 403, 403, IN)),
    "client_imported": Address((200, 200, 403, 403, 403, 403, IN), READ, "client"),
    "import_list": Address((200, 403, 403, 403, 403, 403, IN), FORM),
    "import_detail": Address((200, 403, 403, 403, 403, 403, IN), READ, "planned"),
    "import_columns": Address((200, 403, 403, 403, 403, 403, IN), FORM, "planned"),
    "import_mapping_use": Address((405, 403, 403, 403, 403, 403, IN), POST, "planned"),
    "import_mapping_list": Address((200, 403, 403, 403, 403, 403, IN)),
    "import_mapping_delete": Address((405, 403, 403, 403, 403, 403, IN), POST, "mapping"),
    "import_remarks": Address((200, 403, 403, 403, 403, 403, IN), READ, "planned"),
    "import_problems": Address((200, 403, 403, 403, 403, 403, IN), READ, "planned", (0,)),
    "import_answer": Address((405, 403, 403, 403, 403, 403, IN), POST, "planned"),
    "import_start": Address((405, 403, 403, 403, 403, 403, IN), POST, "planned"),
    "import_undo": Address((200, 403, 403, 403, 403, 403, IN), FORM, "imported"),
    "import_discard": Address((405, 403, 403, 403, 403, 403, IN), POST, "planned"),
    "field_preview": Address(
        (200, 403, 403, 403, 403, 403, IN), READ, "client", query="client"
    ),
    "lockout_list": Address((200, 403, 403, 403, 403, 403, IN)),
    "lockout_let_in": Address((405, 403, 403, 403, 403, 403, IN), POST, more=("1",)),
    # The sign-in library's pages. Whoever is signed in is sent home from the page to sign in.
    "account_login": Address((302, 302, 302, 302, 302, 302, 200), FORM),
    "account_logout": Address((200, 200, 200, 200, 200, 200, 302), FORM),
    "account_inactive": Address((200, 200, 200, 200, 200, 200, 200)),
    "account_signup": Address((302, 302, 302, 302, 302, 302, 200), FORM),
    "account_email_verification_sent": Address((200,) * 7),
    "account_confirm_email": Address((200,) * 7, "GET HEAD POST", more=("no-such-key",)),
    # Second step of signing in: back to the first without it.
    "mfa_authenticate": Address((302,) * 7, FORM),
    "mfa_login_webauthn": Address((302,) * 7, FORM),
    # A calendar app comes without a session; what is no open feed's address is not found.
    "calendar_feed": Address((404,) * 7, READ, more=("no-such-secret",)),
    "my_calendar": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "calendar_renew": Address((405, 405, 405, 405, 405, 405, IN), POST),
    "calendar_end": Address((405, 405, 405, 405, 405, 405, IN), POST),
    "my_account": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "session_list": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "session_end": Address((405, 405, 405, 405, 405, 405, IN), POST, more=(0,)),
    "mfa_index": Address((200, 200, 200, 200, 200, 200, IN)),
    "mfa_list_webauthn": Address((200, 200, 200, 200, 200, 200, IN)),
    # Who has not shown lately that it is oneself is asked first, whatever the method.
    "account_email": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "mfa_reauthenticate": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "mfa_reauthenticate_webauthn": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "mfa_activate_totp": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "mfa_generate_recovery_codes": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "mfa_add_webauthn": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "mfa_edit_webauthn": Address((302, 302, 302, 302, 302, 302, IN), FORM, more=(0,)),
    "mfa_remove_webauthn": Address((302, 302, 302, 302, 302, 302, IN), FORM, more=(0,)),
    # Nobody here has an app or codes, and that is looked at before the method.
    "mfa_deactivate_totp": Address((404, 404, 404, 404, 404, 404, IN), EVERY),
    "mfa_view_recovery_codes": Address((404, 404, 404, 404, 404, 404, IN)),
    "mfa_download_recovery_codes": Address((404, 404, 404, 404, 404, 404, IN), EVERY),
    "account_change_password": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "account_set_password": Address((302, 302, 302, 302, 302, 302, IN), FORM),
    "account_reauthenticate": Address((200, 200, 200, 200, 200, 200, IN), FORM),
    "account_reset_password": Address((200, 200, 200, 200, 200, 200, 200), FORM),
    "account_reset_password_done": Address((200, 200, 200, 200, 200, 200, 200)),
    "account_reset_password_from_key": Address(
        # A link that is none says so, whatever it is asked with.
        (200,) * 7, EVERY, more=("zz", "no-such-key"),
    ),
    "account_reset_password_from_key_done": Address((200,) * 7),
}  # fmt: skip
