from django.urls import path

from pawfile.fields.views import fields, lists, sections, tools

urlpatterns = [
    path("options/clients/", lists.field_list, name="field_list"),
    path("options/clients/counts/", lists.field_counts, name="field_counts"),
    path("options/clients/animals/", tools.animal_list, name="animal_list"),
    path("options/clients/<slug:subject>/undo/", lists.field_undo, name="field_undo"),
    path("options/clients/<slug:subject>/new/", fields.field_create, name="field_create"),
    path(
        "options/clients/<slug:subject>/sections/new/",
        sections.section_create,
        name="section_create",
    ),
    path(
        "options/clients/<slug:subject>/sections/<slug:key>/",
        sections.section_edit,
        name="section_edit",
    ),
    path(
        "options/clients/<slug:subject>/sections/<slug:key>/move/",
        sections.section_move,
        name="section_move",
    ),
    path(
        "options/clients/<slug:subject>/sections/<slug:key>/remove/",
        sections.section_remove,
        name="section_remove",
    ),
    path("options/clients/<slug:subject>/<slug:key>/", fields.field_edit, name="field_edit"),
    path(
        "options/clients/<slug:subject>/<slug:key>/access/",
        lists.field_access,
        name="field_access",
    ),
    path("options/clients/<slug:subject>/<slug:key>/move/", lists.field_move, name="field_move"),
    path("options/clients/<slug:subject>/<slug:key>/kind/", fields.field_kind, name="field_kind"),
    path(
        "options/clients/<slug:subject>/<slug:key>/archive/",
        fields.field_archive,
        name="field_archive",
    ),
    path(
        "options/clients/<slug:subject>/<slug:key>/restore/",
        fields.field_restore,
        name="field_restore",
    ),
    path("tools/swap-fields/", tools.swap_fields, name="swap_fields"),
]
