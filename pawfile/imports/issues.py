"""What an import has to say about a file: by kind, row and column, never with a secret's text."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

HIDDEN = gettext_lazy("(hidden)")
LONGEST_VALUE = 60


class Severity(StrEnum):
    """A problem makes no record; a warning leaves something out or in doubt; a note tells."""

    PROBLEM = "problem"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """Kinds of remarks, in the order of the report."""

    CLIENT_NAME_MISSING = "client name missing"
    PET_NAME_MISSING = "pet name missing"
    ANIMAL_MISSING = "animal missing"
    TOO_LONG_FOR_A_NAME = "name too long"
    OWNER_MISSING = "owner not found"
    AMBIGUOUS_CLIENT = "ambiguous client"
    AMBIGUOUS_PET = "ambiguous pet"
    KEY = "key not taken"
    NOT_SAVED = "not saved"
    ALIKE = "like one in the book"
    ROWS_DISAGREE = "rows disagree"
    BORN = "birthday not understood"
    ZIP = "zip code damaged"
    EMAIL = "e-mail not valid"
    PHONE = "phone incomplete"
    YES_NO = "neither yes nor no"
    NUMBER = "not a number"
    DATE = "not a day"
    CHOICE = "not among the choices"
    TOO_LONG = "too long"
    CONTROL = "characters left out"
    EXTRA_CELLS = "more cells than headings"
    NO_SUCH_SITTER = "no such sitter"
    NO_SUCH_TERRITORY = "no such territory"
    VET = "vet not certain"
    CODE_IN_TEXT = "looks like a code"
    DOUBLED = "accents encoded twice"
    HTML = "html"
    KEY_PLACE = "place of the key"
    REPEATED_ID = "id used again"
    REPEATED_PET = "pet repeated"
    NEW_ANIMAL = "animal not on the list"
    NAMED_BY_ID = "clients named by their id"
    INFERRED = "answer inferred"
    NOT_A_ROW = "not a row"


@dataclass(frozen=True, slots=True)
class About:
    severity: Severity
    title: str | Promise


_PROBLEM, _WARNING, _NOTE = Severity.PROBLEM, Severity.WARNING, Severity.NOTE
ABOUT = {
    Kind.CLIENT_NAME_MISSING: About(
        _PROBLEM, gettext_lazy("Rows without the client's first or last name: no record was made")
    ),
    Kind.PET_NAME_MISSING: About(
        _PROBLEM, gettext_lazy("Pets without a name: no pet was made")
    ),
    Kind.ANIMAL_MISSING: About(
        _PROBLEM, gettext_lazy("Pets whose animal is not said: no pet was made")
    ),
    Kind.TOO_LONG_FOR_A_NAME: About(
        _PROBLEM, gettext_lazy("Names and ids too long to keep: no record was made")
    ),
    Kind.OWNER_MISSING: About(
        _PROBLEM, gettext_lazy("Pets and keys of clients that are not there: no record was made")
    ),
    Kind.KEY: About(_PROBLEM, gettext_lazy("Keys that cannot be taken: nothing was changed")),
    Kind.DOUBLED: About(
        _WARNING, gettext_lazy("Accents that were encoded twice: mended, look at them")
    ),
    Kind.HTML: About(_NOTE, gettext_lazy("HTML: only its text was taken")),
    Kind.KEY_PLACE: About(_NOTE, gettext_lazy("Where keys are: look at them on the key board")),
    Kind.AMBIGUOUS_CLIENT: About(
        _PROBLEM, gettext_lazy("Several clients fit: nothing was changed")
    ),
    Kind.AMBIGUOUS_PET: About(_PROBLEM, gettext_lazy("Several pets fit: nothing was changed")),
    Kind.NOT_SAVED: About(_PROBLEM, gettext_lazy("Refused by the database: nothing was changed")),
    Kind.ALIKE: About(
        _WARNING, gettext_lazy("New clients that look like one in the book: made all the same")
    ),
    Kind.ROWS_DISAGREE: About(
        _WARNING, gettext_lazy("Rows of one record disagree: the first was kept")
    ),
    Kind.BORN: About(_WARNING, gettext_lazy("Birthdays not understood: left empty")),
    Kind.ZIP: About(_WARNING, gettext_lazy("Damaged zip codes: kept as they are")),
    Kind.EMAIL: About(_WARNING, gettext_lazy("Not an e-mail address: not stored")),
    Kind.PHONE: About(_WARNING, gettext_lazy("Not a whole phone number: kept as typed")),
    Kind.YES_NO: About(_WARNING, gettext_lazy("Neither yes nor no: left empty")),
    Kind.CHOICE: About(_WARNING, gettext_lazy("Not among the choices: left empty")),
    Kind.NUMBER: About(_WARNING, gettext_lazy("Not a number: left empty")),
    Kind.DATE: About(_WARNING, gettext_lazy("Not a day: left empty")),
    Kind.TOO_LONG: About(_WARNING, gettext_lazy("Too long to keep: left empty")),
    Kind.CONTROL: About(_WARNING, gettext_lazy("Control characters: left out of the text")),
    Kind.EXTRA_CELLS: About(
        _WARNING, gettext_lazy("More cells than headings: the last were not read")
    ),
    Kind.NO_SUCH_SITTER: About(_WARNING, gettext_lazy("No such sitter: left empty")),
    Kind.NO_SUCH_TERRITORY: About(_WARNING, gettext_lazy("No such territory: left empty")),
    Kind.VET: About(_WARNING, gettext_lazy("Vets not understood: left empty")),
    Kind.CODE_IN_TEXT: About(
        _WARNING,
        gettext_lazy("Codes in text: move them into the vault under Petcare > Codes in text"),
    ),
    Kind.REPEATED_ID: About(_NOTE, gettext_lazy("A client's id used in several rows")),
    Kind.REPEATED_PET: About(_NOTE, gettext_lazy("The same pet again: nothing new")),
    Kind.NEW_ANIMAL: About(
        _NOTE, gettext_lazy("Animals not on the company's list: kept as written")
    ),
    Kind.NAMED_BY_ID: About(_NOTE, gettext_lazy("Clients without names in the file")),
    Kind.INFERRED: About(_NOTE, gettext_lazy("Answers that follow from others")),
    Kind.NOT_A_ROW: About(_NOTE, gettext_lazy("Headings repeated among the rows: passed over")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issue:
    kind: Kind
    row: int | None
    column: str
    value: str
    message: str
    table: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Of a question the clients that may be meant: the answer that says so, and words."""
    client: int | None = None
    """The client in the book that the row's looks like."""

    @property
    def severity(self) -> Severity:
        return ABOUT[self.kind].severity


def shown(value: str) -> str:
    """A cell's text made safe for a terminal: on one line, without control characters, cut."""
    plain = printable(" ".join(value[: LONGEST_VALUE * 4].split()))
    return plain if len(plain) <= LONGEST_VALUE else plain[: LONGEST_VALUE - 1] + "…"


def printable(text: str) -> str:
    """The text with a mark for each character that could steer a terminal."""
    if text.isprintable():
        return text
    mark = "\N{REPLACEMENT CHARACTER}"
    return "".join(character if character.isprintable() else mark for character in text)


def row_list(rows: list[int]) -> str:
    """ "rows 3, 17 and 18" for a message."""
    if len(rows) == 1:
        return _("row %d") % rows[0]
    first = ", ".join(str(row) for row in rows[:-1])
    return _("rows %(first)s and %(last)d") % {"first": first, "last": rows[-1]}
