from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.fields.policy import policy_for
from pawfile.invites.doubles import (
    AnsweredError,
    UnprovedLoginError,
    join_household,
    keep_apart,
)
from pawfile.invites.models import Answer, LikelyDouble
from pawfile.lib.htmx import render
from pawfile.profiles.likeness import compared, told


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def double_detail(request: Request, pk: int) -> HttpResponse:
    """A registered client beside a known one, and the office's answer whether they are one home."""
    doubles = LikelyDouble.objects.visible_to(request.user)
    double = get_object_or_404(doubles.select_related("client", "known", "answered_by"), pk=pk)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in Answer.values:
        return take(request, double, Answer(answer))
    policy = policy_for(request.user, "client")
    context = {
        "double": double,
        "reasons": told(double.reasons, policy, policy_for(request.user, "pet")),
        "rows": compared(double.client, double.known, policy),
        "has_error": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "invites/double_detail.html", context, status=status)


def take(request: Request, double: LikelyDouble, answer: Answer) -> HttpResponse:
    act = join_household if answer == Answer.JOIN else keep_apart
    try:
        act(double=double, by=request.user)
    except AnsweredError:
        messages.warning(request, _("Somebody has answered this already. Nothing was changed."))
        return redirect(double)
    except UnprovedLoginError:
        text = _(
            "The e-mail address is not confirmed yet: it may be a stranger's. Wait until it is."
        )
        messages.warning(request, text)
        return redirect(double)
    if answer == Answer.JOIN:
        done = _("The login of {client} opens {known} now, too.")
        messages.success(request, done.format(client=double.client, known=double.known))
    else:
        messages.success(request, _("Noted: not the same."))
    return redirect(double.client)
