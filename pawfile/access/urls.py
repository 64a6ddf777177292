from django.urls import path

from pawfile.access.views import finds

urlpatterns = [
    path("codes-in-text/", finds.find_list, name="find_list"),
    path("codes-in-text/<int:pk>/move/", finds.find_move, name="find_move"),
    path("codes-in-text/<int:pk>/dismiss/", finds.find_dismiss, name="find_dismiss"),
    path("clients/<int:pk>/codes-in-text/", finds.client_finds, name="client_finds"),
]
