from django.urls import path

from pawfile.invites.views import client_invites, invites, redeem

urlpatterns = [
    path("invites/", invites.invite_list, name="invite_list"),
    path("invites/new/", invites.invite_create, name="invite_create"),
    path("invites/redeem/", redeem.invite_redeem, name="invite_redeem"),
    path("invites/<int:pk>/renew/", invites.invite_renew, name="invite_renew"),
    path("invites/<int:pk>/revoke/", invites.invite_revoke, name="invite_revoke"),
    path("clients/<int:pk>/invites/", client_invites.client_invites, name="client_invites"),
    path("clients/<int:pk>/invite/", client_invites.client_invite, name="client_invite"),
]
