from django.urls import path

from pawfile.profiles.views import (
    changes,
    clients,
    columns,
    pets,
    photos,
    pickers,
    portal,
    preview,
)

urlpatterns = [
    path("clients/", clients.client_list, name="client_list"),
    path("clients/new/", clients.client_create, name="client_create"),
    path("clients/columns/", columns.client_columns, name="client_columns"),
    path("clients/picker/", pickers.client_picker, name="client_picker"),
    path("clients/<int:pk>/", clients.client_detail, name="client_detail"),
    path("clients/<int:pk>/row/", clients.client_row, name="client_row"),
    path("clients/<int:pk>/edit/", clients.client_edit, name="client_edit"),
    path("clients/<int:pk>/delete/", clients.client_delete, name="client_delete"),
    path("clients/photos/", photos.client_photos, name="client_photos"),
    path("clients/<int:pk>/changes/<slug:key>/", changes.client_changes, name="client_changes"),
    path(
        "clients/<int:pk>/photos/<slug:key>/<slug:size>/",
        photos.client_field_photo,
        name="client_field_photo",
    ),
    path(
        "pets/<int:pk>/photos/<slug:key>/<slug:size>/",
        photos.pet_field_photo,
        name="pet_field_photo",
    ),
    path("pets/", pets.pet_list, name="pet_list"),
    path("pets/new/", pets.pet_create, name="pet_create"),
    path("pets/<int:pk>/", pets.pet_detail, name="pet_detail"),
    path("pets/<int:pk>/edit/", pets.pet_edit, name="pet_edit"),
    path("pets/<int:pk>/delete/", pets.pet_delete, name="pet_delete"),
    path("pets/<int:pk>/changes/<slug:key>/", changes.pet_changes, name="pet_changes"),
    path("my-info/", portal.my_info, name="my_info"),
    path("my-pets/", portal.my_pets, name="my_pets"),
    path("options/clients/preview/", preview.field_preview, name="field_preview"),
    path("photos/<int:pk>/<slug:size>/", photos.photo, name="photo"),
]
