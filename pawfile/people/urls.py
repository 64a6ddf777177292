from django.urls import path

from pawfile.people.views import (
    locks,
    logins,
    offboarding,
    shared,
    staff_invites,
    users,
    viewing,
)

urlpatterns = [
    path("users/", users.user_list, name="user_list"),
    path("users/invite/", staff_invites.staff_invite, name="staff_invite"),
    path("users/<int:pk>/", users.user_detail, name="user_detail"),
    path("users/<int:pk>/offboard/", offboarding.user_offboard, name="user_offboard"),
    path("logins/", logins.login_list, name="login_list"),
    path("logins/<int:pk>/", logins.login_detail, name="login_detail"),
    path("logins/<int:pk>/deactivate/", logins.login_deactivate, name="login_deactivate"),
    path("logins/<int:pk>/view/", viewing.login_view, name="login_view"),
    path("logins/back/", viewing.view_end, name="view_end"),
    path("people/<int:pk>/reactivate/", shared.person_reactivate, name="person_reactivate"),
    path("people/<int:pk>/sign-out/", shared.person_sign_out, name="person_sign_out"),
    path("people/<int:pk>/reset/", shared.person_reset, name="person_reset"),
    path(
        "people/<int:pk>/factors/remove/",
        shared.person_factors_remove,
        name="person_factors_remove",
    ),
    path("people/<int:pk>/attach/", shared.person_attach, name="person_attach"),
    path("people/<int:pk>/detach/<int:client>/", shared.person_detach, name="person_detach"),
    path("locked-out/", locks.lockout_list, name="lockout_list"),
    path("locked-out/<int:pk>/let-in/", locks.lockout_let_in, name="lockout_let_in"),
]
