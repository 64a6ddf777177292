"""Which pages show something of a client or pet, and which do not: every address is in one list."""

from collections.abc import Callable

from tests.fields.opened import codes_of, opened_of
from tests.fields.records import (
    as_of,
    conversation_of,
    double_of,
    feed_of,
    file_of,
    finds_of,
    inbox_of,
    journal_of,
    key_of,
    merged_of,
    merges_of,
    on_schedule,
    pair_of,
    pet_merges_of,
    review_of,
    timelines_of,
    vaccination_of,
    visit_of,
    way_of,
)
from tests.fields.sentinels import Book

Pages = Callable[[Book], list[str]]

#: Every page that shows something of a client or pet: name of the address → what to open.
PAGES: dict[str, Pages] = {
    "home": lambda book: ["/"],
    "client_list": lambda book: ["/clients/?status=all"],
    "client_picker": lambda book: ["/clients/picker/"],
    "client_create": lambda book: ["/clients/new/"],
    "client_detail": lambda book: [f"/clients/{book.client.pk}/"],
    "client_row": lambda book: [f"/clients/{book.client.pk}/row/"],
    "client_edit": lambda book: [f"/clients/{book.client.pk}/edit/"],
    "change_inbox": inbox_of,
    "client_timeline": timelines_of,
    "client_as_of": as_of,
    "client_photos": lambda book: [f"/clients/photos/?client={book.client.pk}"],
    "pet_list": lambda book: ["/pets/"],
    "pet_create": lambda book: [f"/pets/new/?client={book.client.pk}"],
    "pet_detail": lambda book: [f"/pets/{book.pet.pk}/"],
    "my_info": lambda book: ["/my-info/"],
    "my_review": lambda book: [review_of(book)],
    "my_opened": lambda book: [opened_of(book)],
    "codes_to_change": lambda book: codes_of(book)[:1],
    "code_keep": lambda book: codes_of(book)[1:],
    "my_pets": lambda book: ["/my-pets/"],
    "pet_edit": lambda book: [f"/pets/{book.pet.pk}/edit/"],
    "client_registration": lambda book: [f"/clients/{book.client.pk}/registration/"],
    "double_detail": lambda book: [double_of(book).get_absolute_url()],
    "double_list": lambda book: [f"/doubles/?{pair_of(book).pk}"],
    "client_doubles": lambda book: [f"/clients/{pair_of(book).one_id}/doubles/"],
    "client_merge": merges_of,
    "pet_merge": pet_merges_of,
    "merge_detail": lambda book: [merged_of(book).get_absolute_url()],
    "start_step": lambda book: [
        f"/start/{book.client.pk}/{step}"
        for step in ("details/", "home/", "pets/", "pets/?add=1", "required/", "done/")
    ],
    "client_prices": lambda book: [f"/clients/{book.client.pk}/prices/"],
    "client_invites": lambda book: [f"/clients/{book.client.pk}/invites/"],
    "find_list": lambda book: ["/codes-in-text/"],
    "find_move": lambda book: [f"/codes-in-text/{find.pk}/move/" for find in finds_of(book)],
    "client_finds": lambda book: [f"/clients/{book.client.pk}/codes-in-text/"],
    "client_visits": lambda book: [f"/clients/{book.client.pk}/visits/"],
    "visit_create": lambda book: ["/visits/new/", f"/visits/new/?client={book.client.pk}"],
    "schedule": lambda book: [
        f"/schedule/?view={view}&on={visit_of(book).visit_on}&client={book.client.pk}"
        for view in ("day", "week", "month", "table")
    ],
    "visit_detail": lambda book: [f"/visits/{visit_of(book).pk}/"],
    "visit_codes": lambda book: [f"/visits/{visit_of(book).pk}/codes/"],
    "visit_edit": lambda book: [f"/visits/{visit_of(book).pk}/edit/"],
    "series_edit": lambda book: [f"/visits/{visit_of(book).pk}/series/edit/"],
    "series_cancel": lambda book: [f"/visits/{visit_of(book).pk}/series/cancel/"],
    "visit_assign": lambda book: [f"/visits/{visit_of(book).pk}/assign/"],
    "visit_cancel": lambda book: [f"/visits/{visit_of(book).pk}/cancel/"],
    "visit_copy": lambda book: [f"/visits/{visit_of(book).pk}/copy/"],
    "visit_journal": lambda book: [f"/visits/{journal_of(book).visit_id}/journal/"],
    "journal_list": lambda book: ["/journals/", f"/journals/?client={book.client.pk}"],
    "journal_detail": lambda book: [f"/journals/{journal_of(book).pk}/"],
    "client_journals": lambda book: [f"/clients/{book.client.pk}/journals/"],
    "note_create": lambda book: [f"/clients/{book.client.pk}/notes/new/"],
    "client_entry": lambda book: [f"/clients/{way_of(book).client_id}/entry/"],
    "entry_plan_list": lambda book: ["/entry-plans/"],
    "way_in_create": lambda book: [f"/clients/{book.client.pk}/entry/new/"],
    "way_in_edit": lambda book: [f"/ways-in/{way_of(book).pk}/edit/"],
    "client_invite": lambda book: [f"/clients/{book.client.pk}/invite/"],
    "client_since": lambda book: [f"/clients/{book.client.pk}/since/"],
    "unread_change_list": lambda book: [f"/unread-changes/?{visit_of(book).pk}"],
    "my_schedule": lambda book: [on_schedule(book), "/my-schedule/?view=week"],
    "own_visits": lambda book: [f"/my-schedule/own/?all={visit_of(book).pk}"],
    "visit_request": lambda book: [f"/my-schedule/request/?home={book.client.pk}"],
    "own_visit_change": lambda book: [f"/my-schedule/{visit_of(book).pk}/change/"],
    "own_visit_cancel": lambda book: [f"/my-schedule/{visit_of(book).pk}/cancel/"],
    "request_list": lambda book: ["/requests/"],
    "calendar_feed": lambda book: [feed_of(book, reader) for reader in book.readers.values()],
    "client_files": lambda book: [f"/clients/{book.client.pk}/files/"],
    "pet_files": lambda book: [f"/pets/{book.pet.pk}/files/"],
    "pet_vaccinations": lambda book: [f"/pets/{book.pet.pk}/vaccinations/"],
    "vaccination_create": lambda book: [f"/pets/{book.pet.pk}/vaccinations/new/"],
    "vaccination_edit": lambda book: [f"/vaccinations/{vaccination_of(book).pk}/edit/"],
    "file_edit": lambda book: [f"/files/{file_of(book).pk}/edit/"],
    "client_print": lambda book: [f"/clients/{book.client.pk}/print/"],
    "clients_print": lambda book: [f"/clients/print/?client={book.client.pk}"],
    "key_list": lambda book: [f"/keys/?q={key_of(book).code}"],
    "key_detail": lambda book: [key_of(book).get_absolute_url()],
    "key_create": lambda book: ["/keys/new/", f"/keys/new/?client={book.client.pk}"],
    "key_edit": lambda book: [f"{key_of(book).get_absolute_url()}edit/"],
    "key_remove": lambda book: [f"{key_of(book).get_absolute_url()}remove/"],
    "hand_over_create": lambda book: [f"{key_of(book).get_absolute_url()}hand-over/"],
    "hand_over_list": lambda book: [f"/keys/requests/?{key_of(book).pk}"],
    "key_notice_list": lambda book: [f"/keys/notices/?{visit_of(book).pk}"],
    "key_needs": lambda book: ["/keys/needed/"],
    "client_keys": lambda book: [f"/clients/{book.client.pk}/keys/"],
    "message_list": lambda book: ["/messages/", f"/messages/?client={book.client.pk}"],
    "message_create": lambda book: ["/messages/new/", f"/messages/new/?{conversation_of(book).pk}"],
    "message_to_many": lambda book: [f"/messages/to-many/?client={book.client.pk}"],
    "conversation_detail": lambda book: [conversation_of(book).get_absolute_url()],
    "conversation_news": lambda book: [f"{conversation_of(book).get_absolute_url()}news/"],
    "internal_note_list": lambda book: [f"/clients/{book.client.pk}/internal-notes/"],
    "invite_list": lambda book: ["/invites/"],
    "imported_list": lambda book: ["/imported/"],
    "client_imported": lambda book: [f"/clients/{book.client.pk}/imported/"],
    "invite_create": lambda book: [f"/invites/new/?client={book.client.pk}"],
}
#: Opened below for each field apart.
BY_FIELD = {"client_changes", "pet_changes", "photo", "client_field_photo", "pet_field_photo"}
#: Open one field: tests/home_access/test_ways_round.py hides it.
BY_FIELD |= {"client_secret", "pet_secret"}
#: Put back one field: test_hidden_history.py, for each field apart.
BY_FIELD |= {"client_restore", "pet_restore"}
#: Shows an administrator what readers see, see test_field_preview.py.
AS_OTHERS = {"field_preview"}
#: Files, see test_hidden_lists.py.
AS_FILES = {"list_export"}
#: PDFs are read by tests/home_access/test_print_pdf.py, which hides fields too.
ON_PAPER = {"print_run_detail", "print_run_pdf"}
#: Pages that say nothing of any client or pet, or are closed to all readers here.
WITHOUT = {
    "my_account", "session_list", "session_end", "my_calendar", "calendar_renew", "calendar_end",
    "health", "icon_sprite", "style_page", "client_delete", "pet_delete",
    "find_dismiss", "service_list", "service_create", "service_edit", "service_delete",
    "block_create", "block_edit", "block_delete",
    "territory_list", "territory_create", "territory_edit", "territory_delete",
    "change_tick", "company_export", "company_export_create", "company_export_detail",
    "company_export_file",
    "client_columns", "file_download", "file_preview", "file_remove", "file_restore",
    "vaccination_remove",
    "vet_list", "vet_create", "vet_edit", "site_options", "options_scheduling",
    "activity_list", "register", "register_sent", "agreement_detail", "start",
    "visit_check", "visit_accept", "visit_decline", "visit_arrive", "visit_complete",
    "changes_acknowledge",
    "visit_restore", "visit_unavailable", "visit_delete", "journal_photo", "note_remove",
    "attachment_file", "attachment_picture", "broadcast_detail", "internal_note_remove",
    "lockout_list", "lockout_let_in", "mail_list", "mail_detail",
    "home_access_list", "home_access_export", "client_opened", "codes_ask",
    "mail_send_again", "invite_renew", "invite_revoke", "invite_redeem",
    "staff_invite", "time_off_list", "time_off_remove", "request_answer",
    "own_visit_take_back", "entry_check", "entry_confirm", "way_in_move", "way_in_remove",
    "key_lost", "key_found", "key_pickup", "hand_over_confirm",
    "hand_over_refuse", "key_labels", "found_key", "key_location_list",
    "key_location_create", "key_location_edit",
    "user_list", "user_detail", "user_offboard", "login_list", "login_detail", "login_deactivate",
    "login_view", "view_end", "person_reactivate", "person_sign_out", "person_reset",
    "person_attach", "person_detach", "person_factors_remove",
    "field_list", "field_counts", "animal_list", "field_undo", "field_create", "section_create",
    "section_edit", "section_move", "section_remove", "field_edit", "field_access", "field_move",
    "field_kind", "field_archive", "field_restore", "swap_fields",
    "double_search", "pair_apart", "merge_list", "merge_undo",
    "import_list", "import_detail", "import_columns", "import_start", "import_discard",
    "import_remarks", "import_problems", "import_undo", "import_answer",
    "import_mapping_use", "import_mapping_list", "import_mapping_delete",
}  # fmt: skip
