from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.imports.actions import BusyError, answer_questions
from pawfile.imports.models import ImportJob
from pawfile.imports.views.pages import ASKED, BUSY


@allow(Role.ADMINISTRATOR)
@require_POST
def import_answer(request: Request, pk: int) -> HttpResponse:
    """Whose the rows are that a preview asked about; ``again`` asks about all of them anew."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    answers: dict[tuple[int, int], str] = {}
    takes_back = "again" in request.POST
    for row in job.rows.exclude(options=[]).only("sheet", "number", "options"):
        answer = request.POST.get(f"o{row.sheet}-{row.number}", "")
        if answer in [each for each, _words in row.options]:
            answers[row.sheet, row.number] = answer
    if not answers and not takes_back:
        messages.info(request, _("Choose a client for one of the rows first."))
        return redirect(f"{job.get_absolute_url()}?outcome={ASKED}")
    try:
        answer_questions(job=job, answers={} if takes_back else answers, by=request.user)
    except BusyError:
        messages.info(request, BUSY)
    return redirect(job)
