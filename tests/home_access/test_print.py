"""Clients on paper: what the reader may see, and codes only by choice, each in the log."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client as Browser
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from pawfile.access.models import Ground, PrintRun, Reveal
from pawfile.accounts.models import Role, User
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Access
from pawfile.jobs import periodic
from pawfile.jobs.models import PeriodicWork
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from tests.access.home import make_photo
from tests.factories import make_client, make_pet
from tests.home_access.vault import CHIP, CODE, browser_of, visit_in
from tests.profiles.pages import content

DOOR = "Ring twice, then the blue key."


@pytest.fixture
def url(codes: Client, rex: Pet, ada: User) -> str:
    values = {"wifi_password": "never-asked-for", "entry_instructions": DOOR}
    update_client(Client.objects.get(pk=codes.pk), values=values, by=ada)
    pet = Pet.objects.get(pk=rex.pk)
    update_pet(pet, values={"allergies": "Chicken", "photo": make_photo(codes)}, by=ada)
    return f"/clients/{codes.pk}/print/"


def pdf_of(browser: Browser, url: str, **sent: object) -> PdfReader:
    answer = browser.post(url, {"as": "pdf", **sent}) if sent else browser.get(f"{url}?as=pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    return PdfReader(BytesIO(content_bytes(answer)))


def content_bytes(answer: object) -> bytes:
    streamed = getattr(answer, "streaming_content", None)
    return b"".join(streamed) if streamed else answer.content  # type: ignore[attr-defined]


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def name_of(client: Client, key: str = "door_code") -> str:
    return f"client.{client.pk}.{key}"


def test_the_page_and_the_pdf_say_what_matters_at_the_door(url: str, mona: User) -> None:
    browser = browser_of(mona)
    page, pdf = content(browser.get(url)), pdf_of(browser, url)
    for text in ("Cleo Carter", "(614) 555-0123", "12 Maple Street", "Chicken", DOOR, "Rex"):
        assert text in page
        assert text in text_of(pdf)
    assert "photos/" in page
    assert [len(each.images) for each in pdf.pages] == [1]


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_no_code_is_printed_unasked(
    request: pytest.FixtureRequest, url: str, codes: Client, sam: User, who: str
) -> None:
    visit_in(codes, sam, 1)
    browser = browser_of(request.getfixturevalue(who))
    said = [
        content(browser.get(url)),
        text_of(pdf_of(browser, url)),
        text_of(pdf_of(browser, url, paper="a4")),
    ]
    assert [secret for secret in (CODE, "never-asked-for") for text in said if secret in text] == []
    assert not Reveal.objects.exists()


@pytest.mark.parametrize(
    ("who", "ground"),
    [
        ("ada", Ground.OFFICE),
        ("mona", Ground.OFFICE),
        ("sam", Ground.VISIT),
        ("cleo", Ground.OWN_HOME),
    ],
)
def test_a_ticked_code_is_printed_and_logged(  # noqa: PLR0917
    request: pytest.FixtureRequest, url: str, codes: Client, sam: User, who: str, ground: Ground
) -> None:
    visit_in(codes, sam, 1)
    user = request.getfixturevalue(who)
    answer = browser_of(user).post(url, {"codes": [name_of(codes)]})
    page = content(answer)
    assert CODE in page
    assert "never-asked-for" not in page
    assert answer.headers["Refresh"] == f"120; url={url}"
    assert "no-store" in answer.headers["Cache-Control"]
    row = Reveal.objects.get()
    assert (row.key, row.opened_by, row.ground, row.is_printed) == ("door_code", user, ground, True)


def test_a_ticked_code_is_in_the_pdf(url: str, codes: Client, mona: User, ada: User) -> None:
    text = text_of(pdf_of(browser_of(mona), url, codes=[name_of(codes)]))
    assert CODE in text
    assert "never-asked-for" not in text
    assert Reveal.objects.get().is_printed
    assert "Printed" in content(browser_of(ada).get("/home-access/"))
    assert "By the office, printed" in content(browser_of(ada).get(f"/clients/{codes.pk}/opened/"))


def test_a_code_of_a_pet_is_printed(url: str, shed: CustomField, rex: Pet, mona: User) -> None:
    page = content(browser_of(mona).post(url, {"codes": [f"pet.{rex.pk}.{shed.key}"]}))
    assert CHIP in page
    assert CODE not in page
    assert Reveal.objects.get().pet == rex


def test_a_sitter_prints_no_code_without_a_visit_near(url: str, codes: Client, sam: User) -> None:
    visit_in(codes, sam, 40)
    answer = browser_of(sam).post(url, {"codes": [name_of(codes)], "as": "pdf"})
    assert answer.status_code == 422
    page = content(answer)
    assert "Cleo Carter: codes print only around your own visits. Nothing was printed." in page
    assert CODE not in page
    assert not Reveal.objects.exists()


@pytest.mark.parametrize(
    "forged", ["client.{0}.office_notes", "client.{1}.door_code", "x", "pet.1.1"]
)
def test_a_code_that_is_not_offered_is_refused(
    url: str, codes: Client, carls_home: Client, mona: User, forged: str
) -> None:
    answer = browser_of(mona).post(url, {"codes": [forged.format(codes.pk, carls_home.pk)]})
    assert answer.status_code == 422
    assert "Tick only codes that are on the list." in content(answer)
    assert not Reveal.objects.exists()


def test_who_views_as_a_client_prints_no_codes(
    url: str, codes: Client, ada: User, cleo: User
) -> None:
    browser = browser_of(ada)
    browser.post(f"/logins/{cleo.pk}/view/")
    assert name_of(codes) not in content(browser.get(url))
    assert browser.post(url, {"codes": [name_of(codes)]}).status_code == 403
    assert not Reveal.objects.exists()


def test_printing_codes_counts_against_the_limit(
    url: str, codes: Client, limits: Settings, mona: User, ada: User
) -> None:
    browser = browser_of(mona)
    sent = {"codes": [name_of(codes)]}
    answers = [browser.post(url, sent) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert CODE not in content(answers[-1])
    assert Reveal.objects.count() == 3


def test_a_stranger_prints_nothing(url: str, codes: Client, stan: User, carl: User) -> None:
    for user in (stan, carl):
        assert browser_of(user).get(url).status_code == 404
        assert browser_of(user).post(url, {"codes": [name_of(codes)]}).status_code == 404


def test_many_ticked_are_printed_and_strangers_left_out(
    url: str, codes: Client, carls_home: Client, sam: User, stan: User
) -> None:
    many = f"/clients/print/?client={codes.pk}&client={carls_home.pk}&client=x"
    page = content(browser_of(sam).get(many))
    assert "Cleo Carter" in page
    assert "Carl Cooper" not in page
    assert browser_of(stan).get(many).status_code == 404
    answer = browser_of(sam).get("/clients/print/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/clients/")


def test_each_client_begins_a_page(url: str, codes: Client, carls_home: Client, mona: User) -> None:
    many = f"/clients/print/?client={codes.pk}&client={carls_home.pk}"
    answer = browser_of(mona).get(f"{many}&as=pdf")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert [("Carl Cooper" in page, "Cleo Carter" in page) for page in pages] == [
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("region", "paper", "size"),
    [
        ("US", "", (612, 792)),
        ("DE", "", (595, 841)),
        ("US", "a4", (595, 841)),
        ("DE", "letter", (612, 792)),
    ],
)
def test_the_paper_is_that_of_the_country_unless_chosen(
    url: str, mona: User, region: str, paper: str, size: tuple[int, int]
) -> None:
    SiteOptions.objects.update(phone_region=region)
    box = pdf_of(browser_of(mona), url, paper=paper).pages[0].mediabox
    assert (int(box.width), int(box.height)) == size


def test_another_paper_is_refused(url: str, mona: User) -> None:
    answer = browser_of(mona).post(url, {"as": "pdf", "paper": "a0"})
    assert answer.status_code == 422
    assert "Choose Letter or A4." in content(answer)


def test_names_of_many_languages_are_written_and_nothing_is_markup(mona: User) -> None:
    client = make_client(first_name="Zażółć", last_name="<b>Ελένη</b> & Дмитрий 山")
    make_pet(client, name="</para><font size=99>", allergies="a < b & c\n\tnext")
    text = text_of(pdf_of(browser_of(mona), f"/clients/{client.pk}/print/"))
    assert "Zażółć <b>Ελένη</b> & Дмитрий ?" in text
    assert "</para><font size=99>" in text
    assert "a < b & c next" in text


def test_long_texts_go_over_pages(mona: User) -> None:
    client = make_client(first_name="W" * 500, last_name="x", house_notes="word " * 3900)
    make_pet(client, name="M" * 500, allergies="n" * 20_000, walking="\n" * 900 + "end")
    pdf = pdf_of(browser_of(mona), f"/clients/{client.pk}/print/")
    assert len(pdf.pages) > 10
    assert text_of(pdf).count("word") == 3900


def make_many(count: int) -> str:
    pks = [make_client(last_name=f"Number {number:03}").pk for number in range(count)]
    return "/clients/print/?" + "&".join(f"client={pk}" for pk in pks)


def test_many_clients_are_drawn_by_the_worker(mona: User, ada: User) -> None:
    many = make_many(22)
    browser = browser_of(mona)
    page = content(browser.get(many))
    assert "Make the PDF" in page
    assert "Number 000" not in page
    answer = browser.post(many, {"paper": "letter"})
    run = PrintRun.objects.get()
    assert answer.headers["Location"] == run.get_absolute_url()
    assert "The sheets of 22 clients are ready." in content(browser.get(run.get_absolute_url()))
    pdf_url = f"{run.get_absolute_url()}pdf/"
    pdf = PdfReader(BytesIO(content_bytes(browser.get(pdf_url))))
    assert len(pdf.pages) == 22
    assert "Number 021" in pdf.pages[21].extract_text()
    assert browser_of(ada).get(pdf_url).status_code == 404
    assert browser_of(ada).get(run.get_absolute_url()).status_code == 404


def test_while_it_is_drawn_the_page_says_how_far_it_is(mona: User) -> None:
    browser_of(mona).post(make_many(21))
    PrintRun.objects.update(state="waiting", done=10)
    run = PrintRun.objects.get()
    page = content(browser_of(mona).get(run.get_absolute_url()))
    assert "10 / 21" in page
    assert browser_of(mona).get(f"{run.get_absolute_url()}pdf/").status_code == 404


def test_a_pdf_with_a_client_out_of_sight_is_not_found(mona: User) -> None:
    browser_of(mona).post(make_many(21))
    run = PrintRun.objects.get()
    Client.objects.filter(last_name="Number 003").delete()
    assert browser_of(mona).get(f"{run.get_absolute_url()}pdf/").status_code == 404


@pytest.mark.parametrize("what", ["role", "fields"])
def test_a_pdf_drawn_for_other_eyes_is_not_found(mona: User, what: str) -> None:
    """A manager who is a sitter now, of all these clients; a field hidden since."""
    browser_of(mona).post(make_many(21))
    pdf_url = f"{PrintRun.objects.get().get_absolute_url()}pdf/"
    assert content_bytes(browser_of(mona).get(pdf_url)).startswith(b"%PDF")
    if what == "role":
        for client in Client.objects.all():
            update_client(client, values={"primary_sitter": mona}, by=None)
        User.objects.filter(pk=mona.pk).update(role=Role.SITTER)
    else:
        FieldRule.objects.create(subject="client", key="parking", manager=Access.HIDE)
        SiteOptions.renew_fields()
    assert browser_of(User.objects.get(pk=mona.pk)).get(pdf_url).status_code == 404


@pytest.mark.parametrize(("hours", "left"), [(23, True), (25, False)])
def test_a_pdf_is_kept_for_a_day(
    mona: User, hours: int, left: bool, django_capture_on_commit_callbacks: object
) -> None:
    browser_of(mona).post(make_many(21))
    run = PrintRun.objects.get()
    PrintRun.objects.update(asked_at=timezone.now() - timedelta(hours=hours))
    PeriodicWork.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        periodic.run_due()
    assert PrintRun.objects.exists() == left
    assert default_storage.exists(run.path) == left
