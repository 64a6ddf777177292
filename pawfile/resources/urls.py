from django.urls import path

from pawfile.resources.views import vets

urlpatterns = [
    path("vets/", vets.vet_list, name="vet_list"),
    path("vets/new/", vets.vet_create, name="vet_create"),
    path("vets/<int:pk>/edit/", vets.vet_edit, name="vet_edit"),
]
