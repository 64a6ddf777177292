"""The list, threads, new messages: what is new, what is refused, what it costs."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.messaging.models import Conversation, Message, Unread
from pawfile.people.viewing import VIEWING
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.messaging.talk import answer, begin, let_sitters_write, listed, said
from tests.profiles.pages import content, fill_in, problems, read

SignIn = Callable[[User], Browser]


def badge(browser: Browser) -> str:
    page = read(browser.get("/account/"))
    found = page.one("nav", id="menu").all("span", data_unread_count="")
    return found[0].text if found else ""


def test_what_is_new_is_said_in_menu_and_list_until_it_is_opened(
    signed_in: SignIn, ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    first = begin(cleo, "One.", client=cleos_home)
    answer(first, cleo, "Two.")
    begin(cleo, "Three.", client=cleos_home)
    browser = signed_in(mona)
    assert badge(browser) == "22 unread"
    assert listed(read(browser.get("/messages/"))) == ["Cleo Carter *", "Cleo Carter *"]
    page = read(browser.get(first.get_absolute_url()))
    assert said(page) == ["Cleo Carter: One.", "Cleo Carter: Two."]
    assert len(page.all("li", cls="thread-new")) == 1
    assert page.one("span", data_unread_count="").text == "11 unread"
    assert badge(browser) == "11 unread"
    assert len(listed(read(browser.get("/messages/?show=unread")))) == 1
    assert badge(signed_in(ada)) == "22 unread"  # per login
    assert badge(signed_in(cleo)) == ""
    page = read(browser.get(first.get_absolute_url()))
    assert page.all("li", cls="thread-new") == []


def test_the_newest_conversation_is_on_top(
    signed_in: SignIn, mona: User, cleo: User, sam: User, cleos_home: Client
) -> None:
    first = begin(mona, client=cleos_home)
    begin(mona, sitter=sam)
    assert listed(read(signed_in(mona).get("/messages/"))) == ["Sam Sitter", "Cleo Carter"]
    answer(first, cleo)
    page = read(signed_in(mona).get("/messages/"))
    assert listed(page) == ["Cleo Carter *", "Sam Sitter"]
    only = read(signed_in(mona).get("/messages/?kind=sitter"))
    assert listed(only) == ["Sam Sitter"]
    of_client = read(signed_in(mona).get(f"/messages/?client={cleos_home.pk}"))
    assert listed(of_client) == ["Cleo Carter *"]


def test_an_answer_is_sent_and_kept_when_it_is_refused(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    url, browser = conversation.get_absolute_url(), signed_in(cleo)
    assert fill_in(browser, url, body="Yes, <b>please</b>").status_code == 302
    assert said(read(browser.get(url)))[-1] == "You: Yes, <b>please</b>"
    for body in ("", " \n ", "\u200b"):
        refused = fill_in(browser, url, body=body)
        assert refused.status_code == 422
        assert problems(read(refused)) == ["Message: Write a message first, or attach a file."]
    assert Message.objects.count() == 2


def test_a_text_of_two_megabytes_is_refused_with_its_length_and_kept(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    long = "a" * 2_000_000
    refused = fill_in(signed_in(mona), conversation.get_absolute_url(), body=long)
    assert refused.status_code == 422
    page = read(refused)
    too_long = "A message has room for 20000 letters; this one has 2000000."
    assert problems(page) == [f"Message: {too_long} Shorten it, or attach it as a PDF."]
    assert len(page.one("textarea", name="body").text) == 2_000_000


def test_addresses_in_the_text_can_be_clicked_and_nothing_else_is_more_than_text(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    text = (
        "See https://example.com/a?b=1&c=2 <script>alert(1)</script> javascript:alert(1) "
        '" rel="nofollow" onclick="x'
    )
    conversation = begin(mona, text, client=cleos_home)
    page = read(signed_in(mona).get(conversation.get_absolute_url()))
    body = page.one("div", cls="message-body")
    assert body.text == text
    (link,) = body.all("a")
    assert link.attrs["href"].startswith("https://example.com/a?b=1")
    assert link.attrs["rel"] == "nofollow noopener noreferrer"
    assert body.all("script") == []


def test_news_are_what_came_after_and_mostly_nothing(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    browser, news = signed_in(cleo), f"{conversation.get_absolute_url()}news/"
    ask = read(browser.get(conversation.get_absolute_url())).one(data_ask="")
    assert browser.get(ask.attrs["hx-get"]).status_code == 204
    answer(conversation, mona, "More.")
    page = read(browser.get(ask.attrs["hx-get"]))
    assert said(page) == ["Office: More."]
    assert not Unread.objects.filter(reader=cleo).exists()
    assert browser.get(page.one(data_ask="").attrs["hx-get"]).status_code == 204
    for odd in ("x", "-1", "9" * 30):
        assert len(said(read(browser.get(f"{news}?after={odd}")))) == 2


def test_asking_for_news_costs_the_same_however_long_the_thread_is(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    browser, counts = signed_in(cleo), []
    for _round in range(2):
        newest = Message.objects.latest("pk").pk
        browser.get(conversation.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            url = f"{conversation.get_absolute_url()}news/?after={newest}"
            assert browser.get(url).status_code == 204
        counts.append(len(asked))
        for number in range(5):
            answer(conversation, mona, str(number))
    assert counts[0] == counts[1] <= 5


def test_the_list_and_a_thread_cost_the_same_for_1_and_3(
    signed_in: SignIn, mona: User, cleo: User, sam: User, cleos_home: Client
) -> None:
    let_sitters_write()
    counts: dict[str, list[int]] = {}
    for number in range(3):
        home = make_client(first_name="Hugo", last_name=f"Home{number}", primary_sitter=sam)
        home.logins.add(cleo)
        conversation = begin(sam, client=home, sitter=sam)
        answer(conversation, cleo)
        answer(conversation, mona)
        for user in (mona, sam, cleo):
            browser = signed_in(user)
            browser.get("/messages/")
            with CaptureQueriesContext(connection) as asked:
                browser.get("/messages/")
            counts.setdefault(user.name, []).append(len(asked))
    assert {name: found[0] == found[2] for name, found in counts.items()} == dict.fromkeys(
        counts, True
    )


def test_earlier_messages_are_on_earlier_pages(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    conversation = begin(mona, "0", client=cleos_home)
    Message.objects.bulk_create(
        Message(conversation=conversation, side="office", author=mona, body=str(number))
        for number in range(1, 120)
    )
    browser, url = signed_in(mona), conversation.get_absolute_url()
    found: list[str] = []
    while url:
        page = read(browser.get(url))
        found = [line.removeprefix("You: ") for line in said(page)] + found
        links = [a.attrs["href"] for a in page.all("a") if "before=" in a.attrs.get("href", "")]
        url = conversation.get_absolute_url() + links[0] if links else ""
    assert found == [str(number) for number in range(120)]


def test_a_page_of_earlier_messages_does_not_mark_what_came_meanwhile(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    browser, url = signed_in(cleo), conversation.get_absolute_url()
    browser.get(url)
    answer(conversation, mona, "More.")
    newer = Message.objects.latest("pk")
    assert said(read(browser.get(f"{url}?before={newer.pk}"))) == ["Office: Hello."]
    assert Unread.objects.filter(reader=cleo).count() == 1
    assert said(read(browser.get(url))) == ["Office: Hello.", "Office: More."]
    assert not Unread.objects.filter(reader=cleo).exists()


def test_who_views_as_a_client_reads_marks_nothing_and_writes_nothing(
    signed_in: SignIn, ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, client=cleos_home)
    browser = signed_in(ada)
    session = browser.session
    session[VIEWING] = cleo.pk
    session.save()
    page = read(browser.get(conversation.get_absolute_url()))
    assert said(page) == ["Office: Hello."]
    assert page.all("form", data_reply="") == []
    assert Unread.objects.filter(reader=cleo).count() == 1
    assert browser.post(conversation.get_absolute_url(), {"body": "Hi"}).status_code == 403
    assert browser.get("/messages/new/").status_code == 403


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.exe"])
def test_a_file_that_is_no_picture_and_no_pdf_is_refused_by_name(
    signed_in: SignIn, mona: User, cleos_home: Client, name: str
) -> None:
    data = {"x.html": b"<html><script>1</script>", "x.svg": b"<svg onload=x>", "x.exe": b"MZ\x90"}
    conversation = begin(mona, client=cleos_home)
    file = SimpleUploadedFile(name, data[name], content_type="image/png")
    refused = fill_in(signed_in(mona), conversation.get_absolute_url(), body="Look.", attached=file)
    assert refused.status_code == 422
    (problem,) = problems(read(refused))
    assert f"{name} is" in problem
    assert problem.endswith("Attach a picture or a PDF.")
    assert "Look." in content(refused)
    assert Message.objects.count() == 1


def test_a_new_message_names_what_is_missing(signed_in: SignIn, mona: User, sam: User) -> None:
    refused = fill_in(signed_in(mona), "/messages/new/", body="")
    assert problems(read(refused)) == [
        "Client: Choose a client or a sitter to write to.",
        "Message: Write a message first, or attach a file.",
    ]
    strange = fill_in(signed_in(mona), "/messages/new/", sitter="987654", body="Hi")
    assert problems(read(strange)) == ["Sitter: Choose a sitter from the list."]
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    ("who", "way_out"), [("mona", "Invite them first."), ("sam", "Call them, or the office.")]
)
def test_a_message_that_nobody_could_read_is_refused_and_kept(
    who: str, way_out: str, cleo: User, cleos_home: Client, request: pytest.FixtureRequest
) -> None:
    """No login, or only one that is closed."""
    let_sitters_write()
    browser, url = Browser(), f"/messages/new/?client={cleos_home.pk}"
    browser.force_login(request.getfixturevalue(who))
    assert read(browser.get(url)).all(data_why_unread="") == []
    reason = f"Nobody signs in for them yet, so nobody could read it. {way_out}"
    cleo.is_active = False
    cleo.save()
    for _closed in range(2):
        assert read(browser.get(url)).one(data_why_unread="").text == reason
        refused = browser.post(url, {"client": cleos_home.pk, "body": "Rex coughs."})
        assert refused.status_code == 422
        assert problems(read(refused)) == [f"Client: {reason}"]
        assert "Rex coughs." in content(refused)
        cleos_home.logins.clear()
    assert not Conversation.objects.exists()
