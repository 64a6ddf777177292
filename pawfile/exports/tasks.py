"""Work of the worker: the company's file is written."""

from django_tasks import task

from pawfile.exports.making import make_export
from pawfile.exports.models import CompanyExport, ExportState


@task
def write_export(export_id: int) -> None:
    """May run again: what is ready stays, what was begun starts anew."""
    for export in CompanyExport.objects.filter(pk=export_id, state=ExportState.WAITING):
        make_export(export)
