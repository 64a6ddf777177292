"""Visits in a calendar app: one's own page about it, and the file that the app reads."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person, public
from pawfile.accounts.limits import TooManyTriesError, take_try
from pawfile.accounts.models import Door
from pawfile.lib.htmx import render
from pawfile.schedule.actions.feeds import change_feed, end_feed, find_feed, renew_feed
from pawfile.schedule.feeds import MOST, read_feed
from pawfile.schedule.forms.feeds import FeedForm
from pawfile.schedule.models import CalendarFeed


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: Request) -> HttpResponse:
    """Whether there is an address, and what the calendar says."""
    feed = CalendarFeed.objects.visible_to(request.user).first()
    if request.method == "POST" and feed:
        form = FeedForm(request.POST, reader=request.user)
        if form.is_valid():
            change_feed(by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Your calendar app shows it when it looks again."))
        return redirect("my_calendar")
    return render(request, "schedule/my_calendar.html", page_of(request, feed))


@allow(*EVERYBODY)
@in_person
@require_POST
def calendar_renew(request: Request) -> HttpResponse:
    """Answered with the page itself: only here and now does it show the address, so that nothing
    keeps it, the session neither."""
    secret = renew_feed(by=request.user)
    url = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    feed = CalendarFeed.objects.visible_to(request.user).first()
    shown = {"address": url, "webcal": "webcal" + url[url.index(":") :]}
    response = render(request, "schedule/my_calendar.html", page_of(request, feed) | shown)
    response.headers["Cache-Control"] = "no-store"
    return response


@allow(*EVERYBODY)
@in_person
@require_POST
def calendar_end(request: Request) -> HttpResponse:
    if end_feed(by=request.user):
        messages.success(request, _("Switched off. The address opens nothing any more."))
    return redirect("my_calendar")


@public
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The file, for whoever knows the address; 304 if the app has it as it is."""
    try:
        tried = take_try(request, action=Door.CALENDAR)
    except TooManyTriesError as shut:
        return HttpResponse(shut.message, content_type="text/plain; charset=utf-8", status=429)
    feed = find_feed(secret)
    if feed is None:
        raise Http404
    tried.rollback()
    found = read_feed(feed, company=request.company)  # type: ignore[attr-defined]
    etag = f'"{found.fingerprint}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        found.as_file(), content_type="text/calendar; charset=utf-8"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def page_of(request: Request, feed: CalendarFeed | None) -> dict[str, object]:
    values = {"has_address": feed.has_address, "has_note": feed.has_note} if feed else {}
    form = FeedForm(reader=request.user, initial=values)
    return {"feed": feed, "form": form if feed and form.fields else None, "most": MOST}
