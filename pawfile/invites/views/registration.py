"""The door for new people: with an invite code, or without one where the company lets them."""

from urllib.parse import urlencode

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, public
from pawfile.accounts.limits import TooManyTriesError, take_try
from pawfile.accounts.models import Door
from pawfile.invites.actions import invite_of_code
from pawfile.invites.agreements import agreement_in_force, fingerprint
from pawfile.invites.models import Agreement, Invite
from pawfile.invites.refusals import CodeError
from pawfile.invites.registration import HasLoginError, ask_to_register, register_invited
from pawfile.invites.registration_form import RegistrationForm
from pawfile.lib.htmx import render


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    is_post = request.method == "POST"
    code = (request.POST if is_post else request.GET).get("code", "").strip()[:200]
    if is_signed_in(request):
        return redirect(redeem_url(code) if code else reverse("home"))
    invite, refusal = read_code(request, code)
    if not (request.company.has_registration or invite):
        return closed_page(request, code, refusal)
    form = RegistrationForm(
        request.POST if is_post else None,
        company=request.company, code=code, invite=invite, refusal=refusal,
    )  # fmt: skip
    if is_post and is_let_try(request, form) and form.is_valid():
        return take(request, form)
    return form_page(request, form)


@public
@require_safe
def register_sent(request: HttpRequest) -> HttpResponse:
    """The same for every address."""
    return render(request, "invites/register_sent.html")


def is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def read_code(request: Request, code: str) -> tuple[Invite | None, str]:
    """The invite of a code, or why it does not work. A code that works is no guess."""
    if not code:
        return None, ""
    try:
        taken = take_try(request, action=Door.CODE)
        invite = invite_of_code(code)
    except TooManyTriesError as refusal:
        return None, str(refusal.message)
    except CodeError as refusal:
        return None, str(refusal)
    taken.rollback()
    return invite, ""


def is_let_try(request: Request, form: RegistrationForm) -> bool:
    """Count the try, for the address as it was typed."""
    try:
        take_try(request, action=Door.REGISTRATION, key=request.POST.get("email", "")[:254])
    except TooManyTriesError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def redeem_url(code: str) -> str:
    """Where somebody with a login uses a code."""
    return f"{reverse('invite_redeem')}?{urlencode({'code': code})}"


def form_page(request: Request, form: RegistrationForm) -> HttpResponse:
    context = {
        "form": form,
        "invite": form.invite,
        "refusal": form.refusal,
        "agreement_seen": fingerprint(request.company),
    }
    status = 422 if form.is_bound or form.refusal else 200
    return render(request, "invites/register.html", context, status=status)


def closed_page(request: Request, code: str, refusal: str) -> HttpResponse:
    """Rule 71: who has no code that works is told, and can write one."""
    if request.method == "POST" and not refusal:
        refusal = _("Write the code of your invite.")
    context = {"code": code, "refusal": refusal}
    status = 422 if refusal else 200
    return render(request, "invites/register_closed.html", context, status=status)


def take(request: Request, form: RegistrationForm) -> HttpResponse:
    agreement = agreement_in_force(request.company) if "agreement" in form.fields else None
    if form.invite is not None and form.is_at_the_invited_address:
        return let_in(request, form, form.invite, agreement)
    typed = ("first_name", "last_name", "cell_phone", "zip_code")
    ask_to_register(
        **{key: form.cleaned_data[key] for key in typed if key in form.fields},
        email=form.login_email, password=form.hashed_password(), agreement=agreement,
        invite=form.invite, site=request.build_absolute_uri("/"),
    )  # fmt: skip
    return redirect("register_sent")


def let_in(
    request: Request, form: RegistrationForm, invite: Invite, agreement: Agreement | None
) -> HttpResponse:
    """The code came to this address, so nothing else needs proof."""
    try:
        user = register_invited(
            invite=invite, email=form.login_email, name=form.login_name,
            password_hash=form.hashed_password(), agreement=agreement,
        )  # fmt: skip
    except HasLoginError:
        messages.info(request, _("You have a login already. Sign in to use your invite."))
        after = urlencode({"next": redeem_url(form.cleaned_data["code"])})
        return redirect(f"{reverse('account_login')}?{after}")
    except CodeError as refusal:
        form.add_error("code", str(refusal))
        return form_page(request, form)
    after = reverse("start" if user.is_client else "home")
    signed_in: HttpResponse = perform_login(request, user, redirect_url=after)
    return signed_in
