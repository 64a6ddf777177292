"""Every PDF and picture of the corpora through the upload of a client's page.

No failure of the server, no dead worker, each refusal by name, at most 10 s and 512 MB each. The
table of what became of them is printed with ``-s``.
"""

import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, ProfileFile
from pawfile.profiles.tasks import prepare_file

pytestmark = [
    pytest.mark.corpora,
    # Pillow warns of odd metadata, which is thrown away, and goes on.
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
    pytest.mark.django_db,
]

FOLDERS = (
    "pdf-basic", "pdfjs-pdfs", "pikepdf-pdfs", "pillow-images", "pillow-heif",
    "exif-orientation", "file-type-fixtures",
)  # fmt: skip
SECONDS, MEGABYTES = 10, 512


def peak_megabytes() -> float:
    """The most memory this process, and the largest of its children, ever had at once."""
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    peaks = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss / per_megabyte for who in peaks)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def outcome(browser: Browser, url: str, path: Path) -> str:
    """What becomes of a file, in words without its name."""
    # A name of our own: what is refused by it is told from the bytes.
    name = f"upload-{path.stem[:40]}{path.suffix}"
    upload = SimpleUploadedFile(name, path.read_bytes())
    answer = browser.post(
        url, {"new_files": [upload], "sight": "office"}, headers={"HX-Request": "true"}
    )
    if answer.status_code == 422:
        (said,) = answer.context["form"].errors["new_files"]
        assert said.startswith(name), said
        return f"refused:{said.removeprefix(name)}"
    assert answer.status_code == 200, (path, answer.status_code)
    file = ProfileFile.objects.get()
    if file.is_waiting:
        prepare_file.func(file.pk)
        file.refresh_from_db()
    status = served(browser, file)
    file.delete()
    if file.state == "failed":
        assert status == 404
        assert file.problem.startswith(name[-60:]), file.problem
        return "failed in the worker:" + file.problem.removeprefix(name)
    assert (file.state, status) == ("ready", 200)
    return f"accepted: {file.kind}" + (f", {file.problem}" if file.problem else "")


def served(browser: Browser, file: ProfileFile) -> int:
    answer = browser.get(f"/files/{file.pk}/")
    if answer.status_code == 200:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_taken_or_refused_by_name(
    corpora: Path, ada: User, cleos_home: Client, folder: str
) -> None:
    browser, url = Browser(), f"/clients/{cleos_home.pk}/files/"
    browser.force_login(ada)
    table: Counter[str] = Counter()
    examples, slow = defaultdict(list), []
    paths = files(corpora / folder)
    for path in paths:
        start = time.monotonic()
        said = outcome(browser, url, path)
        took = time.monotonic() - start
        table[said] += 1
        examples[said].append(path.name)
        slow += [(path.name, round(took, 1))] if took > SECONDS else []
    print(f"\n{folder}: {len(paths)} files, at most {peak_megabytes():.0f} MB")  # noqa: T201
    for said, count in table.most_common():
        print(f"{count:6}  {said}  ({examples[said][0]})")  # noqa: T201
    assert paths
    assert slow == []
    assert peak_megabytes() < MEGABYTES
