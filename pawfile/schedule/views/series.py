"""Pages of visits that come again: several changed at once, and the end of a series."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, User
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.schedule.actions.series import Scope, cancel_series, change_series
from pawfile.schedule.checking import Check
from pawfile.schedule.forms.repeat import RepeatForm, tell_in_forms
from pawfile.schedule.forms.series import CancelSeriesForm, ChangeSeriesForm
from pawfile.schedule.models import Series, Visit
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.recurrence import words_of
from pawfile.schedule.views.visits import is_confirmed, telling, visits_of

FORM = ["GET", "HEAD", "POST"]


def found_in_series(request: Request, pk: int) -> tuple[Visit, Series]:
    """A visit and the series it is part of; 404 for one that stands alone."""
    visit = get_object_or_404(visits_of(request.user).exclude(series=None), pk=pk)
    return visit, cast(Series, visit.series)


def of_series(series: Series, reader: User) -> VisitQuerySet:
    return Visit.objects.visible_to(reader).filter(series=series)


@allow(*OFFICE)
@require_http_methods(FORM)
def series_edit(request: Request, pk: int) -> HttpResponse:
    """Change this visit and the later ones, or with ``?scope=all`` all from today on."""
    visit, series = found_in_series(request, pk)
    scope = Scope.ALL if request.GET.get("scope") == Scope.ALL else Scope.LATER
    data = request.POST if request.method == "POST" else None
    form = ChangeSeriesForm(data, visit=visit, series=series, by=request.user)
    repeat_form, check, is_stale = RepeatForm.of(series, data), Check(), False
    if form.is_valid() & repeat_form.is_valid():
        check, is_stale = form.check_with(request.company), form.is_stale
        if not is_stale and form.is_valid() and is_confirmed(request, check):
            try:
                with telling(request, visit, of_series(series, request.user)):
                    visit = change_series(
                        visit=visit,
                        scope=scope,
                        values=form.values(repeat_form),
                        opened_version=form.cleaned_data["version"],
                        by=request.user,
                    )
            except StaleRecordError:
                is_stale = True
            except ValidationError as error:
                tell_in_forms(error, form, repeat_form)
            else:
                messages.success(request, _("Saved."))
                return redirect("visit_detail", visit.pk)
    if is_stale:
        visit, series = found_in_series(request, pk)
    context = {
        "visit": visit,
        "series": series,
        "words": words_of(series.rule, series.until_on),
        "scope": scope,
        "form": form,
        "repeat_form": repeat_form,
        "check": check,
        "is_stale": is_stale,
        # Who has been told of the other's changes saves over them knowingly.
        "version": visit.version if is_stale or not form.is_bound else form["version"].value(),
        "series_pk": series.pk if is_stale or not form.is_bound else form["series"].value(),
    }
    status = 409 if is_stale else 422 if form.is_bound else 200
    return render(request, "schedule/series_edit.html", context, status=status)


@allow(*OFFICE)
@require_http_methods(FORM)
def series_cancel(request: Request, pk: int) -> HttpResponse:
    """End the series of this visit; what is made already is canceled from that day on."""
    visit, series = found_in_series(request, pk)
    initial = {"from_on": max(visit.visit_on, timezone.localdate())}
    form = CancelSeriesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with telling(request, visit, of_series(series, request.user)):
            count = cancel_series(
                series=series, from_on=given["from_on"], reason=given["reason"], by=request.user
            )
        text = ngettext(
            "The series ends. %d visit is canceled.",
            "The series ends. %d visits are canceled.",
            count,
        )
        messages.success(request, text % count)
        return redirect("visit_detail", visit.pk)
    context = {
        "visit": visit,
        "form": form,
        "words": words_of(series.rule, series.until_on),
    }
    status = 422 if form.is_bound else 200
    return render(request, "schedule/series_cancel.html", context, status=status)
