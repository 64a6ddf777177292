from django.urls import path

from pawfile.schedule.views import prices, series, services, visit_steps, visits

urlpatterns = [
    path("clients/<int:pk>/prices/", prices.client_prices, name="client_prices"),
    path("clients/<int:pk>/prices/of/", prices.client_price, name="client_price"),
    path("services/", services.service_list, name="service_list"),
    path("services/new/", services.service_create, name="service_create"),
    path("services/<int:pk>/edit/", services.service_edit, name="service_edit"),
    path("services/<int:pk>/delete/", services.service_delete, name="service_delete"),
    path("time-blocks/new/", services.block_create, name="block_create"),
    path("time-blocks/<int:pk>/edit/", services.block_edit, name="block_edit"),
    path("time-blocks/<int:pk>/delete/", services.block_delete, name="block_delete"),
    path("visits/new/", visits.visit_create, name="visit_create"),
    path("visits/check/", visits.visit_check, name="visit_check"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/series/edit/", series.series_edit, name="series_edit"),
    path("visits/<int:pk>/series/cancel/", series.series_cancel, name="series_cancel"),
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
