"""Messages: the list, a thread with what comes meanwhile, a new conversation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.messaging.actions.messages import (
    post_message,
    read_conversation,
    start_conversation,
)
from pawfile.messaging.forms import MessageForm, ReplyForm
from pawfile.messaging.models import Conversation, ConversationKind
from pawfile.messaging.partners import may_write
from pawfile.messaging.reading import (
    Filters,
    conversation_page,
    lines_of,
    news_of,
    partner_name,
    thread_of,
    with_names,
)
from pawfile.profiles.models import Client
from pawfile.profiles.portal import home_name
from pawfile.schedule.own_visits import called


@allow(*EVERYBODY)
@require_safe
def message_list(request: Request) -> HttpResponse:
    """Conversations of this person, the newest message first."""
    reader, filters = request.user, Filters.read(request.GET)
    page = conversation_page(filters, reader)
    context = {
        "filters": filters,
        "page": page,
        "lines": lines_of(page, reader, request.company),
        "kinds": ConversationKind.choices if reader.is_office else (),
    }
    if filters.client is not None and not reader.is_client:
        homes = Client.objects.visible_to(reader).filter(pk=filters.client)
        context["client"] = homes.only("first_name", "last_name").first()
    return render(request, "messaging/message_list.html", context, partial="results")


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def conversation_detail(request: Request, pk: int) -> HttpResponse:
    """A thread, and the box to answer in. Who opens it has read it."""
    reader = request.user
    conversation = get_object_or_404(with_names(reader), pk=pk)
    can_write = may_write(conversation, reader, request.company)
    form = ReplyForm(*sent(request))
    if form.is_bound:
        if not can_write:
            raise PermissionDenied
        if form.is_valid():
            message = post_message(conversation=conversation, by=reader, **form.cleaned_data)
            return redirect(f"{conversation.get_absolute_url()}#message-{message.pk}")
    before = request.GET.get("before", "")
    is_newest = not is_id(before)  # on a page of earlier ones nobody reads what came meanwhile
    first_new = read_conversation(conversation=conversation, by=reader) if is_newest else None
    if first_new is not None and reader.viewed_by is None:
        reader.unread_count -= 1  # the menu was counted before
    thread = thread_of(
        conversation,
        reader,
        request.company,
        before=None if is_newest else int(before),
        first_new=first_new,
    )
    context = thread_context(conversation, reader) | {
        "thread": thread,
        "is_newest": is_newest,
        "form": form,
        "can_write": can_write,
    }
    status = 422 if form.is_bound else 200
    return render(request, "messaging/conversation_detail.html", context, status=status)


def thread_context(conversation: Conversation, reader: User) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "name": partner_name(conversation, reader),
        "side": conversation.side_of(reader),
    }


def sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@allow(*EVERYBODY)
@require_safe
def conversation_news(request: Request, pk: int) -> HttpResponse:
    """What came after message ``?after=``, asked for again and again; mostly nothing: 204."""
    reader = request.user
    conversation = get_object_or_404(with_names(reader), pk=pk)
    after = request.GET.get("after", "")
    known = int(after) if is_id(after) else 0
    if news_of(conversation, reader, request.company, after=known) is None:
        return HttpResponse(status=204)
    read_conversation(conversation=conversation, by=reader)  # what comes from here on is unread
    thread = news_of(conversation, reader, request.company, after=known)
    context = thread_context(conversation, reader) | {"thread": thread}
    return render(request, "messaging/news.html", context)


def homes_of(user: User) -> list[tuple[int, str]]:
    """The homes a client writes about, told apart as far as the client may see where they are."""
    if not user.is_client:
        return []
    policy = policy_for(user, "client")
    return [(home.pk, home_name(home, policy)) for home in Client.objects.visible_to(user)]


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def message_create(request: Request) -> HttpResponse:
    """A new conversation; ``?client=`` or ``?sitter=`` presets with whom. A client that this person
    may not write to is not found."""
    preset = {name: request.GET[name] for name in ("client", "sitter") if name in request.GET}
    form = MessageForm(*sent(request), by=request.user, company=request.company, initial=preset)
    chosen = str(form["client"].value() or "")
    client = form.clients.filter(pk=chosen).first() if is_id(chosen) else None
    if is_id(chosen) and client is None:
        raise Http404
    if form.is_bound and form.is_valid():
        conversation = start_conversation(by=request.user, **form.cleaned_data)
        messages.success(request, _("The message is sent."))
        return redirect(conversation)
    sitter = str(form["sitter"].value() or "")
    context = {
        "form": form,
        "client": client,
        "why_unread": form.why_unread(client) if client and not form.is_bound else "",
        "homes": homes_of(request.user),
        "sitters": [
            (each.pk, called(each) if request.user.is_client else each.name)
            for each in form.sitters
        ],
        "chosen_sitter": int(sitter) if is_id(sitter) else None,
        "can_choose_client": request.user.is_office
        or (request.user.is_sitter and request.company.has_visible_sitters),
    }
    status = 422 if form.is_bound else 200
    return render(request, "messaging/message_create.html", context, status=status)
