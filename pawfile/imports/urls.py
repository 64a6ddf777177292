from django.urls import path

from pawfile.imports.views import answers, extras, mappings, pages

urlpatterns = [
    path("imported/", extras.imported_list, name="imported_list"),
    path("clients/<int:pk>/imported/", extras.client_imported, name="client_imported"),
    path("import/", pages.import_list, name="import_list"),
    path("import/mappings/", mappings.import_mapping_list, name="import_mapping_list"),
    path(
        "import/mappings/<int:pk>/delete/",
        mappings.import_mapping_delete,
        name="import_mapping_delete",
    ),
    path("import/<int:pk>/", pages.import_detail, name="import_detail"),
    path("import/<int:pk>/columns/", pages.import_columns, name="import_columns"),
    path(
        "import/<int:pk>/columns/use/",
        mappings.import_mapping_use,
        name="import_mapping_use",
    ),
    path("import/<int:pk>/remarks.csv", pages.import_remarks, name="import_remarks"),
    path("import/<int:pk>/problems/<int:place>.csv", pages.import_problems, name="import_problems"),
    path("import/<int:pk>/answers/", answers.import_answer, name="import_answer"),
    path("import/<int:pk>/start/", pages.import_start, name="import_start"),
    path("import/<int:pk>/undo/", pages.import_undo, name="import_undo"),
    path("import/<int:pk>/discard/", pages.import_discard, name="import_discard"),
]
