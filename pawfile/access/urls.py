from django.urls import path

from pawfile.access.views import entry, entry_check, entry_plans

urlpatterns = [
    path("clients/<int:pk>/entry/", entry.client_entry, name="client_entry"),
    path("clients/<int:pk>/entry/confirm/", entry.entry_confirm, name="entry_confirm"),
    path("clients/<int:pk>/entry/new/", entry.way_in_create, name="way_in_create"),
    path("entry-plans/", entry_plans.entry_plan_list, name="entry_plan_list"),
    path("unchanged/<slug:secret>/", entry_check.entry_check, name="entry_check"),
    path("ways-in/<int:pk>/edit/", entry.way_in_edit, name="way_in_edit"),
    path("ways-in/<int:pk>/move/", entry.way_in_move, name="way_in_move"),
    path("ways-in/<int:pk>/remove/", entry.way_in_remove, name="way_in_remove"),
]
