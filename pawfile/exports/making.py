"""The worker's part of an export that was asked for on a page."""

from time import monotonic

from pawfile.exports.drafts import draft_of
from pawfile.exports.models import CompanyExport, ExportState
from pawfile.exports.refusals import RefusedError
from pawfile.exports.sealing import under_passphrase, without_secrets
from pawfile.exports.writing import Progress, write_company
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import Secret, VaultError, VaultKeyError

#: Seconds between two words about the progress.
STEP = 1.0


def make_export(export: CompanyExport) -> None:
    """Write the file. Run again it starts anew; what cannot be done is said on the page."""
    try:
        seal = (
            under_passphrase(key_ring().unseal(export.passphrase))
            if export.has_secrets
            else without_secrets()
        )
        export.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with draft_of(export.path) as file:
            write_company(file, seal=seal, progress=told(export))
    except (RefusedError, VaultKeyError, VaultError) as refusal:
        export.state, export.problem = ExportState.FAILED, str(refusal)[:500]
    except OSError as problem:
        export.state, export.problem = ExportState.FAILED, str(problem.strerror)[:500]
    else:
        export.state, export.size = ExportState.READY, export.path.stat().st_size
    export.passphrase = Secret()
    export.save(update_fields=["state", "problem", "size", "passphrase"])
    export.progress_path.unlink(missing_ok=True)


def told(export: CompanyExport) -> Progress:
    last = 0.0

    def tell(done: int, every: int) -> None:
        nonlocal last
        if monotonic() - last > STEP:
            last = monotonic()
            export.progress_path.write_text(f"{done} {every}", "ascii")

    return tell
