from django.urls import path

from pawfile.schedule.views import schedule, schedule_assign, visit_steps, visits

urlpatterns = [
    path("schedule/", schedule.schedule, name="schedule"),
    path(
        "schedule/visits/<int:pk>/assign/",
        schedule_assign.schedule_assign,
        name="schedule_assign",
    ),
    path("visits/new/", visits.visit_create, name="visit_create"),
    path("visits/check/", visits.visit_check, name="visit_check"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/accept/", visit_steps.visit_accept, name="visit_accept"),
    path("visits/<int:pk>/decline/", visit_steps.visit_decline, name="visit_decline"),
    path("visits/<int:pk>/arrive/", visit_steps.visit_arrive, name="visit_arrive"),
    path("visits/<int:pk>/complete/", visit_steps.visit_complete, name="visit_complete"),
    path("visits/<int:pk>/restore/", visit_steps.visit_restore, name="visit_restore"),
    path("visits/<int:pk>/unavailable/", visit_steps.visit_unavailable, name="visit_unavailable"),
    path("visits/<int:pk>/assign/", visit_steps.visit_assign, name="visit_assign"),
    path("visits/<int:pk>/cancel/", visit_steps.visit_cancel, name="visit_cancel"),
    path("visits/<int:pk>/copy/", visit_steps.visit_copy, name="visit_copy"),
    path("visits/<int:pk>/delete/", visit_steps.visit_delete, name="visit_delete"),
    path("clients/<int:pk>/visits/", visits.client_visits, name="client_visits"),
]
