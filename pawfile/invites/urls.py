from django.urls import path

from pawfile.invites.views import (
    agreements,
    client_invites,
    doubles,
    invites,
    redeem,
    registration,
    start,
)

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
    path("invites/", invites.invite_list, name="invite_list"),
    path("invites/new/", invites.invite_create, name="invite_create"),
    path("invites/redeem/", redeem.invite_redeem, name="invite_redeem"),
    path("invites/<int:pk>/renew/", invites.invite_renew, name="invite_renew"),
    path("invites/<int:pk>/revoke/", invites.invite_revoke, name="invite_revoke"),
    path("clients/<int:pk>/invites/", client_invites.client_invites, name="client_invites"),
    path("clients/<int:pk>/invite/", client_invites.client_invite, name="client_invite"),
]
