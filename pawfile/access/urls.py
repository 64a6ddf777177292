from django.urls import URLPattern, path

from pawfile.access.views import reveals

urlpatterns: list[URLPattern] = [
    path(
        "clients/<int:pk>/secrets/<slug:key>/reveal/", reveals.client_secret, name="client_secret"
    ),
    path("pets/<int:pk>/secrets/<slug:key>/reveal/", reveals.pet_secret, name="pet_secret"),
]
