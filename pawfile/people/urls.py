from django.urls import path

from pawfile.people.views import locks

urlpatterns = [
    path("locked-out/", locks.lockout_list, name="lockout_list"),
    path("locked-out/<int:pk>/let-in/", locks.lockout_let_in, name="lockout_let_in"),
]
