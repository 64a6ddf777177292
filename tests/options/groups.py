"""The options of the page, by group, in their order."""

SCHEDULING = [
    "time_zone", "currency", "processing_hour", "has_confirmation_mails", "has_list_mails",
    "has_assign_mails", "has_moved_mails", "lookahead_days", "blocked_dates", "last_minute_hours",
    "has_same_day_cancel", "has_reviews_before_requests", "has_acceptance", "has_key_notices",
    "unread_deadline_hours",
]  # fmt: skip
CLIENTS = [
    "change_window", "change_mails", "has_sitter_editing", "has_staff_names_for_clients",
    "has_visible_sitters", "file_megabytes",
]  # fmt: skip
LOGINS = [
    "has_registration", "registration_zips", "agreement_text", "invite_days",
    "is_second_factor_required",
]  # fmt: skip
ACCESS = [
    "has_self_pickup", "key_contact", "reveal_retention_days", "reveal_hours_before",
    "reveal_hours_after", "is_reveal_step_up", "entry_confirm_months", "entry_check_days",
]  # fmt: skip
