from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.lib.list_filters import StateFilters
from pawfile.mail.actions import OnItsWayError, send_again
from pawfile.mail.delivery import has_mail_server
from pawfile.mail.log import counts, log_page, pieces
from pawfile.mail.models import Mail, MailState


@allow(*OFFICE)
@require_safe
def mail_list(request: Request) -> HttpResponse:
    filters = StateFilters.read(request.GET, states=MailState.values)
    context = {
        "filters": filters,
        "page": log_page(filters, reader=request.user),
        "states": MailState.choices,
        "counts": counts(request.user),
        "has_server": has_mail_server(),
    }
    return render(request, "mail/mail_list.html", context, partial="results")


@allow(*OFFICE)
@require_safe
def mail_detail(request: Request, pk: int) -> HttpResponse:
    """In the demo company, whose people are invented, administrators can open the links."""
    mails = Mail.objects.visible_to(request.user).select_related("by")
    mail = get_object_or_404(mails, pk=pk)
    with_links = bool(request.company.is_demo and request.user.is_administrator)
    context = {
        "mail": mail,
        "pieces": pieces(mail, with_links=with_links),
        "copies": mail.copies.order_by("pk"),
        "may_send_again": mail.may_be_sent_again_by(request.user),
    }
    return render(request, "mail/mail_detail.html", context)


@allow(*OFFICE)
@require_POST
def mail_send_again(request: Request, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    if not mail.may_be_sent_again_by(request.user):
        raise PermissionDenied
    try:
        again = send_again(mail=mail, by=request.user)
    except OnItsWayError:
        messages.info(request, _("It is on its way already."))
        return redirect("mail_detail", pk=mail.pk)
    messages.success(request, _("A copy to %s is on its way.") % mail.to)
    return redirect("mail_detail", pk=again.pk)
