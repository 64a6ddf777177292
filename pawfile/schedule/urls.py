from django.urls import path

from pawfile.schedule.views import (
    my_schedule,
    own_visits,
    requests,
    times_off,
    visit_steps,
    visits,
)

urlpatterns = [
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
    path("my-schedule/", my_schedule.my_schedule, name="my_schedule"),
    path("my-schedule/times-off/", times_off.time_off_list, name="time_off_list"),
    path(
        "my-schedule/times-off/<int:pk>/remove/", times_off.time_off_remove, name="time_off_remove"
    ),
    path("my-schedule/request/", own_visits.visit_request, name="visit_request"),
    path("my-schedule/<int:pk>/change/", own_visits.own_visit_change, name="own_visit_change"),
    path("my-schedule/<int:pk>/cancel/", own_visits.own_visit_cancel, name="own_visit_cancel"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request_answer"),
]
