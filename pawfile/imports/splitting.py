"""One cell that holds several things: names, phones, addresses, contacts, vets. Takes it apart.

Each function gives field key → text, and loses nothing: what it does not understand stays whole
in the first field. Nothing is guessed here beyond what the shape of the text says.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from pawfile.lib.emails import emails_in

Parts = Mapping[str, str]

_AND = re.compile(r"\s*(?:&|\+|/|\band\b|\bund\b|\by\b|\bet\b)\s*", re.IGNORECASE)
_PARTICLES = frozenset(
    ("van", "von", "vom", "de", "da", "di", "del", "della", "der", "den", "des", "do", "dos", "du",
     "la", "le", "los", "ter", "ten", "st", "st.", "al", "bin", "ben")
)  # fmt: skip
_TITLES = re.compile(r"^(?:(?:mr|mrs|ms|miss|dr|prof|herr|frau)\b\.?\s*)+", re.IGNORECASE)
_FAMILY = re.compile(r"^(?:the\s+)?(.+?)\s+(?:family|household)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_PHONE = re.compile(
    r"(?:\+|\b|\()\d(?:[\d ().-]|/(?=\d{3}\b)){5,18}\d(?: *(?:x|ext\.?) *\d{1,5})?", re.IGNORECASE
)
_LABELS = {
    "cell_phone": "c cell cellphone mobile mob m handy",
    "home_phone": "h home house",
    "work_phone": "w work office o",
}
_LABEL_OF = {word: key for key, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(r"\b([a-z]{1,9})\s*:?\s*(?:tel\s*:)?\s*['‘’]?$", re.IGNORECASE)
_AFTER = re.compile(r"^\s*\(([a-z]{1,9})\)", re.IGNORECASE)
_UNIT = re.compile(
    r"^(?:#|apt\b|apartment\b|unit\b|suite\b|ste\b|floor\b|fl\b|flat\b)", re.IGNORECASE
)
_CITY_LINE = re.compile(r"^(?P<city>[^,\d]+),?\s+(?P<state>[A-Z]{2})\s+(?P<zip>\d{5}(?:-\d{4})?)$")
_CODE = r"[#*]?\d[\d#*-]{2,11}"
_GATE = re.compile(rf"(gate|garage)(?:\s+(?:door|code))?\s*:?\s*({_CODE})", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@lru_cache(maxsize=4096)
def split_names(text: str) -> Parts:
    """ "Lee, Ann & Bob", "Ann and Bob Lee", "Ann Lee": a person and a partner.

    A household without a first name ("The Lee Family", "Mr. & Mrs. Lee") gives the last name only.
    """
    plain = " ".join(text.split())
    family = _FAMILY.match(plain)
    if family:
        return {"last_name": family[1]}
    last, comma, firsts = plain.partition(",")
    if comma and firsts.strip():
        people = [_person(each, last.strip()) for each in _AND.split(firsts.strip()) if each]
    else:
        people = _people(plain)
    people = [person for person in people if person != ("", "")]
    if not people:
        return {}
    found = dict(zip(("first_name", "last_name"), people[0], strict=True))
    if len(people) > 1 and people[1][0]:
        found["partner_first_name"], found["partner_last_name"] = people[1]
    return {key: value for key, value in found.items() if value}


def _people(text: str) -> list[tuple[str, str]]:
    pieces = [each for each in _AND.split(text) if each]
    if len(pieces) != 2:
        return [_full(_TITLES.sub("", text))]
    first, second = (_TITLES.sub("", each).strip() for each in pieces)
    if not first:  # "Mr. & Mrs. Lee"
        return [("", second)]
    other = _full(second)
    if " " in first:
        return [_full(first), other]
    return [(first, other[1]), other]


def _person(text: str, last: str) -> tuple[str, str]:
    """A first name under the last name that stood before the comma, or a whole name."""
    first, own = _full(text)
    return (first, own) if first and own and " " in text.strip() and len(text.split()) > 2 else (
        text.strip(), last)  # fmt: skip


def _full(text: str) -> tuple[str, str]:
    """ "Sarah van Dyke": first name and last name with its particles; one word is a last name."""
    words = text.split()
    if len(words) < 2:
        return "", text.strip()
    place = len(words) - 1
    while place > 1 and words[place - 1].casefold() in _PARTICLES:
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])


@lru_cache(maxsize=4096)
def split_owner(text: str) -> tuple[tuple[str, str], frozenset[str]]:
    """First and last name of a reference to a client, and the pets named in brackets behind."""
    name, within = last_brackets(text)
    pets = frozenset(each.strip() for each in within.split(",") if each.strip())
    names = split_names(name)
    return (names.get("first_name", ""), names.get("last_name", "")), pets


def last_brackets(text: str) -> tuple[str, str]:
    """ "John Ray (Luna, Hercules (Herc))": what stands before the brackets at the end, and what in
    them."""
    plain, depth = text.strip(), 0
    for place in range(len(plain) - 1, -1, -1):
        depth += (plain[place] == ")") - (plain[place] == "(")
        if depth <= 0:
            break
    if depth or not plain.endswith(")"):
        return text, ""
    return plain[:place], plain[place + 1 : -1]


def split_phones(text: str) -> Parts:
    """ "c: 303-555-0122 h: 417-555-0109": by their labels, else cell, home, work in their order."""
    found: dict[str, str] = {}
    end = 0
    for number in _PHONE.finditer(text):
        before = _LABEL.search(text[end : number.start()])
        after = _AFTER.match(text[number.end() :])
        label = (after or before or {1: ""})[1].casefold()
        key = _LABEL_OF.get(label, "")
        end = number.end() + (after.end() if after else 0)
        if not key or key in found:
            key = next((each for each in _LABELS if each not in found), "")
        if not key:
            return {"cell_phone": text}
        found[key] = number[0].strip()
    return found or {"cell_phone": text}


_PARTNER = re.compile(
    r"\b(?:spouse|partner|husband|wife)\s*:\s*([^\W\d][^.,;:\n\d]*)", re.IGNORECASE
)


def split_memo(text: str) -> Parts:
    """Notes that may name the partner: "Spouse: Ann Lee. lockbox 2881". They stay whole."""
    found = {"office_notes": text}
    if partner := _PARTNER.search(text):
        first, _blank, last = " ".join(partner[1].split()).partition(" ")
        found |= {"partner_first_name": first, "partner_last_name": last}
    return {key: value for key, value in found.items() if value}


def split_labelled_phone(text: str, label: str) -> Parts:
    key = _LABEL_OF.get(label.strip("* ").casefold(), "cell_phone")
    if label.strip("* ").casefold() in ("fax", "home fax", "work fax", "pager"):
        return {}
    return {key: text.split(":::", maxsplit=1)[0].strip()}


def split_labelled_email(text: str, label: str) -> Parts:
    if label.strip("* ").casefold() in ("partner", "spouse", "husband", "wife"):
        return {"partner_email": text}
    return split_emails_apart(text)


def split_emails_apart(text: str) -> Parts:
    """Several addresses: the first is the client's, the others are alternate."""
    pieces = emails_in(text.replace(":::", ","))
    if len(pieces) > 1 and all("@" in each for each in pieces):
        return {"email": pieces[0], "alternate_emails": ", ".join(pieces[1:])}
    return {"email": text}


def split_address(text: str) -> Parts:
    """Street and unit on two lines or behind a comma; a last line of city, state and zip."""
    lines = [" ".join(line.split()).rstrip(",") for line in text.split("\n")]
    lines = [line for line in lines if line]
    found: dict[str, str] = {}
    if len(lines) > 1 and (place := _CITY_LINE.match(lines[-1])):
        found = {"city": place["city"], "state": place["state"], "zip_code": place["zip"]}
        lines.pop()
    if len(lines) == 1:
        street, comma, unit = lines[0].rpartition(", ")
        if comma and _UNIT.match(unit):
            lines = [street, unit]
    if len(lines) > 2:
        lines = [lines[0], ", ".join(lines[1:])]
    return {**dict(zip(("street", "street2"), lines, strict=False)), **found}


def split_contact(text: str, prefix: str) -> Parts:
    """ "Leah Spencer (sister), 317-555-0174": a name, perhaps who it is, a phone."""
    phone = _PHONE.search(text)
    who = f"{text[: phone.start()]} {text[phone.end() :]}" if phone else text
    brackets = _BRACKETS.search(who)
    relationship = ""
    if brackets:
        relationship = brackets[1].strip()
        who = f"{who[: brackets.start()]} {who[brackets.end() :]}"
    name = " ".join(who.split()).strip(" ,;:-–")
    found = {f"{prefix}_phone": phone[0] if phone else ""}
    if prefix != "partner":
        return {f"{prefix}_name": name, f"{prefix}_relationship": relationship, **found}
    names = split_names(name)
    if not names.get("first_name"):
        names = {"first_name": name}
    found |= {f"partner_{key}": names.get(key, "") for key in ("first_name", "last_name")}
    return found


def split_company(text: str) -> Parts:
    phone = _PHONE.search(text)
    if not phone:
        return {"alarm_company": text}
    name = f"{text[: phone.start()]} {text[phone.end() :]}"
    return {"alarm_company": " ".join(name.split()).strip(" ,;:-–"), "alarm_phone": phone[0]}


def split_alarm(text: str) -> Parts:
    """ "2305 / otter-844. Press OFF.": code and password at the front, then instructions."""
    found = re.match(rf"({_CODE})\s*/\s*(\S+?)(?:\.\s+(.*)|\s*)$", text, re.DOTALL)
    if found:
        return {
            "alarm_code": found[1],
            "alarm_password": found[2],
            "alarm_instructions": (found[3] or "").strip(),
        }
    if re.fullmatch(_CODE, text.strip()):
        return {"alarm_code": text.strip()}
    return {"alarm_instructions": text}


def split_alarm_codes(text: str) -> Parts:
    """As ``split_alarm``, where nothing but codes is expected: all of it is secret."""
    found = split_alarm(text)
    return {"alarm_code": text} if found.get("alarm_instructions") else found


def split_lockbox(text: str) -> Parts:
    """ "2881, on the railing": the code, and where the box is."""
    found = re.match(rf"({_CODE})\s*[,;.–-]\s+(.+)$", text.strip(), re.DOTALL)
    if found:
        return {"lockbox_code": found[1], "entry_instructions": f"Lockbox: {found[2]}"}
    return {"lockbox_code": text}


def split_gates(text: str) -> Parts:
    """ "gate 4772#, garage 5129": by the words before them; anything else is the gate's."""
    found: dict[str, str] = {}
    for piece in filter(None, re.split(r"\s*[,;\n]\s*", text.strip())):
        named = re.fullmatch(
            rf"(gate|garage)(?:\s+(?:door|code))?\s*:?\s*({_CODE})", piece, re.IGNORECASE
        )
        if not named or f"{named[1].lower()}_code" in found:
            return {"gate_code": text}
        found[f"{named[1].lower()}_code"] = named[2]
    return found


def split_wifi(text: str) -> Parts:
    """ "HouseNet / otter-627": name and password; anything else is secret as a whole."""
    name, slash, password = text.partition(" / ")
    if slash and " / " not in password:
        return {"wifi_name": name.strip(), "wifi_password": password.strip()}
    return {"wifi_password": text}


def split_trash(text: str) -> Parts:
    """A first line of nothing but days, and the rest as notes."""
    first, _break, rest = text.partition("\n")
    words = [each.strip().casefold() for each in re.split(r"[,&/]| and ", first) if each.strip()]
    if words and all(word.rstrip("s") in _DAYS for word in words):
        return {"trash_days": ", ".join(word.rstrip("s").title() for word in words),
                "trash_notes": rest.strip()}  # fmt: skip
    return {"trash_notes": text}


def split_sex(text: str) -> Parts:
    """ "Neutered male", "FS", "male (neutered)": sex, and whether it is neutered."""
    plain = re.sub(r"[^a-z]+", " ", text.casefold()).strip()
    letters = re.fullmatch(r"([mf]) ?/? ?([nsix]?)|([nsix]) ?([mf])", plain)
    if letters:
        sex, fixed = (letters[1], letters[2]) if letters[1] else (letters[4], letters[3])
    else:
        words = plain.split()
        female, male = {"female", "girl", "f"}, {"male", "boy", "m"}
        sex = "f" if female & set(words) else "m" if male & set(words) else ""
        is_intact = bool({"intact", "unneutered", "unspayed", "entire", "not"} & set(words))
        is_fixed = bool({"neutered", "spayed", "fixed", "altered", "castrated"} & set(words))
        fixed = "i" if is_intact else "n" if is_fixed else ""
        known = {*female, *male, "intact", "unneutered", "unspayed", "entire",
                 "not", "neutered", "spayed", "fixed", "altered", "castrated"}  # fmt: skip
        if set(words) - known:
            return {"sex": text}
    found = {"sex": {"f": "Female", "m": "Male"}.get(sex, "")}
    if fixed in ("n", "s", "i"):
        found["spayed_neutered"] = "no" if fixed == "i" else "yes"
    return found


def split_vet(text: str, prefix: str) -> Parts:
    """A block of lines: clinic, doctor, street, city, phone; of one line only the name."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    if len(lines) < 2:
        return {prefix: text.strip()}
    clinic, *others = lines
    found = {f"{prefix}_phone": "", f"{prefix}_address": "", prefix: clinic}
    address = []
    for line in others:
        if not found[f"{prefix}_phone"] and _PHONE.fullmatch(line):
            found[f"{prefix}_phone"] = line
        elif re.match(r"dr\.?\s", line, re.IGNORECASE) and f"{prefix}_clinic" not in found:
            found[prefix], found[f"{prefix}_clinic"] = line, clinic
        else:
            address.append(line)
    found[f"{prefix}_address"] = ", ".join(address)
    return found
