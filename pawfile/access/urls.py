from django.urls import path

from pawfile.access.views import hand_overs, key_labels, key_locations, key_notices, keys

urlpatterns = [
    path("keys/", keys.key_list, name="key_list"),
    path("keys/new/", keys.key_create, name="key_create"),
    path("keys/<int:pk>/", keys.key_detail, name="key_detail"),
    path("keys/<int:pk>/edit/", keys.key_edit, name="key_edit"),
    path("keys/<int:pk>/lost/", keys.key_lost, name="key_lost"),
    path("keys/<int:pk>/found/", keys.key_found, name="key_found"),
    path("keys/<int:pk>/remove/", keys.key_remove, name="key_remove"),
    path("keys/<int:pk>/hand-over/", hand_overs.hand_over_create, name="hand_over_create"),
    path("keys/<int:pk>/pickup/", hand_overs.key_pickup, name="key_pickup"),
    path("keys/requests/", hand_overs.hand_over_list, name="hand_over_list"),
    path("keys/requests/<int:pk>/confirm/", hand_overs.hand_over_confirm, name="hand_over_confirm"),
    path("keys/requests/<int:pk>/refuse/", hand_overs.hand_over_refuse, name="hand_over_refuse"),
    path("keys/labels/", key_labels.key_labels, name="key_labels"),
    path("found/<str:token>/", key_labels.found_key, name="found_key"),
    path("keys/notices/", key_notices.key_notice_list, name="key_notice_list"),
    path("keys/needed/", key_notices.key_needs, name="key_needs"),
    path("keys/places/", key_locations.key_location_list, name="key_location_list"),
    path("keys/places/new/", key_locations.key_location_create, name="key_location_create"),
    path("keys/places/<int:pk>/", key_locations.key_location_edit, name="key_location_edit"),
    path("clients/<int:pk>/keys/", keys.client_keys, name="client_keys"),
]
