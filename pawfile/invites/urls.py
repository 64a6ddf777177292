from django.urls import path

from pawfile.invites.views import agreements, doubles, registration, start

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/sent/", registration.register_sent, name="register_sent"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path(
        "clients/<int:pk>/registration/",
        agreements.client_registration,
        name="client_registration",
    ),
    path("doubles/<int:pk>/", doubles.double_detail, name="double_detail"),
    path("start/", start.start, name="start"),
    path("start/<int:pk>/<slug:step>/", start.start_step, name="start_step"),
]
