from django.urls import path

from pawfile.access.views import codes, entry, entry_check, entry_plans, finds, log, reveals

urlpatterns = [
    path("home-access/", log.home_access_list, name="home_access_list"),
    path("home-access/export/", log.home_access_export, name="home_access_export"),
    path("clients/<int:pk>/opened/", log.client_opened, name="client_opened"),
    path("my-info/opened/", log.my_opened, name="my_opened"),
    path("codes-to-change/", codes.codes_to_change, name="codes_to_change"),
    path("codes-to-change/<int:pk>/ask/", codes.codes_ask, name="codes_ask"),
    path("codes-to-change/<int:pk>/keep/", codes.code_keep, name="code_keep"),
    path(
        "clients/<int:pk>/secrets/<slug:key>/reveal/", reveals.client_secret, name="client_secret"
    ),
    path("pets/<int:pk>/secrets/<slug:key>/reveal/", reveals.pet_secret, name="pet_secret"),
    path("visits/<int:pk>/codes/", reveals.visit_codes, name="visit_codes"),
    path("clients/<int:pk>/entry/", entry.client_entry, name="client_entry"),
    path("clients/<int:pk>/entry/confirm/", entry.entry_confirm, name="entry_confirm"),
    path("clients/<int:pk>/entry/new/", entry.way_in_create, name="way_in_create"),
    path("entry-plans/", entry_plans.entry_plan_list, name="entry_plan_list"),
    path("unchanged/<slug:secret>/", entry_check.entry_check, name="entry_check"),
    path("ways-in/<int:pk>/edit/", entry.way_in_edit, name="way_in_edit"),
    path("ways-in/<int:pk>/move/", entry.way_in_move, name="way_in_move"),
    path("ways-in/<int:pk>/remove/", entry.way_in_remove, name="way_in_remove"),
    path("codes-in-text/", finds.find_list, name="find_list"),
    path("codes-in-text/<int:pk>/move/", finds.find_move, name="find_move"),
    path("codes-in-text/<int:pk>/dismiss/", finds.find_dismiss, name="find_dismiss"),
    path("clients/<int:pk>/codes-in-text/", finds.client_finds, name="client_finds"),
]
