from django.urls import URLPattern, path

from pawfile.access.views import reveals

urlpatterns: list[URLPattern] = [
    path(
        "clients/<int:pk>/secrets/<slug:key>/reveal/", reveals.client_secret, name="client_secret"
    ),
    path("visits/<int:pk>/codes/", reveals.visit_codes, name="visit_codes"),
    path("pets/<int:pk>/secrets/<slug:key>/reveal/", reveals.pet_secret, name="pet_secret"),
]
