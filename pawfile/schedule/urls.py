from django.urls import path

from pawfile.schedule.views import prices, services

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
]
