"""Asking clients by mail to look through what is due: one mail, however many sections are."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urljoin

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from pawfile.accounts.models import Role
from pawfile.fields.catalogue import catalogues
from pawfile.fields.policy import Policy, role_policy
from pawfile.jobs.actions import enqueue_once
from pawfile.mail.actions import queue_mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet, ReviewAsk, SectionReview
from pawfile.profiles.reviews import reviewed_sections
from pawfile.profiles.topics import BUSINESS, wants_mail

#: One round asks so many; the rest is asked by the next.
MOST = 100


def clients_policy(subject: str, options: SiteOptions) -> Policy:
    """What any client sees."""
    return role_policy(catalogues(options)[subject], Role.CLIENT, is_editor=True)


def clients_to_ask(options: SiteOptions, now: datetime) -> QuerySet[Client]:
    """Clients who sign in and have an address, of whom something is due, and who were not asked
    within the shortest time after which anything gets due again."""
    policies = [clients_policy(subject, options) for subject in ("client", "pet")]
    months = [each.review_months for policy in policies for each in reviewed_sections(policy)]
    if not months:
        return Client.objects.none()
    asked = ReviewAsk.objects.filter(asked_at__gt=now - relativedelta(months=min(months)))
    clients = Client.objects.current().exclude(email="").filter(logins__is_active=True)
    clients = clients.filter(~Exists(asked.filter(client=OuterRef("pk"))))
    due = reduce(or_, [Q(each) for policy in policies for each in due_in(policy, now)])
    return clients.filter(due).order_by("pk").distinct()


def due_in(policy: Policy, now: datetime) -> list[Any]:
    """For each section that is asked about, the condition on a client that it is due."""
    conditions: list[Any] = []
    for section in reviewed_sections(policy):
        limit = now - relativedelta(months=section.review_months)
        right = SectionReview.objects.filter(section=section.key, reviewed_at__gt=limit)
        if policy.catalogue.key == "pet":
            pets = Pet.objects.filter(client=OuterRef("pk"), active=True, created_at__lte=limit)
            conditions.append(Exists(pets.filter(~Exists(right.filter(pet=OuterRef("pk"))))))
        else:
            is_right = Exists(right.filter(client=OuterRef("pk"), pet=None))
            conditions.append(Q(created_at__lte=limit) & ~is_right)
    return conditions


@transaction.atomic
def ask_client(client: Client, *, site: str) -> None:
    """Keep that the client was asked, and mail the link if mail of this kind is wanted."""
    ReviewAsk.objects.update_or_create(client=client, defaults={"asked_at": timezone.now()})
    if wants_mail(client, BUSINESS):
        queue_mail(
            to=client.email,
            template="review_ask",
            context={"name": client.first_name},
            links={"review": urljoin(site, reverse("my_review").lstrip("/"))},
            by=None,
        )


@task
def ask_for_reviews() -> None:
    """May run again, at any time and twice at once: who was asked is not asked again."""
    for client in clients_to_ask(SiteOptions.load(), timezone.now())[:MOST]:
        with transaction.atomic():
            locked = Client.objects.select_for_update().get(pk=client.pk)
            if clients_to_ask(SiteOptions.load(), timezone.now()).filter(pk=locked.pk).exists():
                ask_client(locked, site=settings.SITE_URL)


def look_for_reviews() -> None:
    """Every hour; nothing is asked in a company that has no section looked through."""
    if clients_to_ask(SiteOptions.load(), timezone.now()).exists():
        enqueue_once(ask_for_reviews)
