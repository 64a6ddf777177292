from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, Role
from pawfile.fields.policy import policy_for
from pawfile.invites.models import Agreement, Consent, LikelyDouble, Registration
from pawfile.lib.htmx import render
from pawfile.profiles.likeness import told
from pawfile.profiles.models import Client


@allow(*OFFICE, Role.CLIENT)
@require_safe
def agreement_detail(request: Request, pk: int) -> HttpResponse:
    """One version of the agreement; old ones stay readable."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    return render(request, "invites/agreement_detail.html", {"agreement": agreement})


@allow(*OFFICE, Role.CLIENT)
@require_safe
def client_registration(request: Request, pk: int) -> HttpResponse:
    """How the client came here: a part of the profile. Likely doubles are for the office alone."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    doubles = LikelyDouble.objects.visible_to(request.user).filter(client=client)
    policy, pets = policy_for(request.user, "client"), policy_for(request.user, "pet")
    context = {
        "client": client,
        "consents": Consent.objects.visible_to(request.user)
        .filter(client=client)
        .select_related("agreement"),
        "registration": Registration.objects.visible_to(request.user)
        .with_proof()
        .filter(client=client)
        .first(),
        "doubles": [
            (double, told(double.reasons, policy, pets))
            for double in doubles.select_related("known", "answered_by")
        ],
    }
    return render(request, "invites/client_registration.html", context, partial="panel")
