"""Finds what looks like a code or a password of a home in free text.

Digits are a code when words of locks and alarms stand near and nothing says that they are
something else: a phone, a day, a dose, a house number. A word is a password when it follows one
that announces it. Measured in tests/home_access/test_codes.py on lines sorted by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pawfile.lib.code_words import (
    ABOUT_OF,
    AFTER_IN,
    FOR,
    LONG,
    MEDIUM,
    NO_PASSWORD,
    NUMBER_OF,
    OTHER_SENSE,
    PERHAPS_NUMBER_OF,
    STREETS,
    STRONG,
    UNITS,
    VERBS,
)
from pawfile.lib.text import fold

_ADDRESSES = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w+|(?<!\w)@\w+", re.IGNORECASE
)
_OTHER_NUMBERS = re.compile(
    r"""
    (?=[($€£+\d])(?:
      (?<!\d)(?:\+?\d{1,3}[ .-])?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b           # phones
      | \b\d{3}[.-]\d{4}\b | \b555\ \d{4}\b
      | (?<!\w)\+\d[\d ().-]{7,} | \b0\d{2,4}[ /]\d{5,}(?:\ \d+)*
      | \b(?:19|20)\d\d-\d\d?-\d\d?\b | \b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b | \b\d{1,2}/(?:19|20)\d\d\b
      | \b\d{1,2}:\d{2}(?:\ ?[ap]m)?\b | \b\d{1,2}\ ?[ap]\.?m\b | \b\d{1,2}h\d\d\b
      | [$€£]\ ?\d[\d.,]* | \b\d+(?:st|nd|rd|th|x|%|F|C)\b | \b\d+\ ?% | \b\d{13,}\b
      | \b\d+(?:[.,]\d+)?(?:mg|ml|g|kg|lbs?|oz|in|ft|mm|cm|min|hrs?|gal|v|w|kcal)\b
      | \b\d{1,3}(?:,\d{3})+\b | \b\d+\.\d+\b(?!\.) | \b911\b | \b9-1-1\b | \b24/7\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_NUMBERS = re.compile(
    rf"""
    (?<![\w$,/&@])(?<!\d\.)(?:
      [#*]?\d(?:\ ?[-,.–]\ ?\d(?!\d)){{2,9}}[#*]?            # 3-1-7-9
      | [#*]?\d(?:\ \d(?!\d)){{2,9}}[#*]?                    # 9 9 1 2
      | \d{{1,2}}(?:\ ?-\ ?\d{{1,2}}){{2,3}}                 # 12-24-36
      | [#*]?\d{{3,12}}[#*]?                                 # 4711#
      | \*?\d{{2,12}}[#*]
      | \d(?:\ ?(?:&|and)\ ?\d){{1,2}}(?=\ together|\ then|,) # 3&5 together
      | \d{{1,2}}(?:[ ,-]+(?:right|left|r|l)[ -]+\d{{1,2}}){{2,3}}
      | (?:(?:right|left)[ -]+\d{{1,2}}[ ,-]*){{2,4}}
      | {_DIGIT_WORD}(?:[ -]{_DIGIT_WORD}){{2,7}}
    )(?![\w@/&])(?!\.\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_APART = re.compile(r"[ -]+")
_MIXED = re.compile(
    r"(?<![\w@.])(?=[A-Z-]{0,11}\d)(?=[\d-]{0,11}[A-Z])[A-Z\d][A-Z\d-]{3,11}(?![\w@])"
)
_WORD = re.compile(r"(?:no|nr|co)\.|[\w'#¤&]+(?:-[\w]+)*|[.!?](?=\s)|[;\n]", re.IGNORECASE)
_STOPS = frozenset(".!?;\n")

_PASS = (
    r"(?:pass(?:word|wd|phrase|\ phrase)|passwort|kennwort|contrase[nñ]a|mot\ de\ passe|pwd?"
    r"|clave(?=\ (?:del\ )?wi-?fi)|(?:safe|secret|code|verbal)\ ?word"
    r"|(?:wpa|wi-?fi|router|network)\ key|(?<=wifi\ )pass|(?<=guest\ )pass|(?<=alarm\ )pass"
    r"|pass(?=:\s)|(?<=[A-Za-z]\ )pass(?=\ \S*\d))"
)
_IS = r"(?:\s*[:=–-]+\s*|\s+(?:is|ist|lautet|es|est)\s*:?\s+)"
_FILLER = (
    r"(?:\s+(?:for|to|of|with|on|at|if|der|die|des|del|de|cancel|the|our|my|wi-?fi|wlan|alarm|"
    r"company|internet|tablet|folks|false|network|alarmfirma|la|le|du|house|router|when|guest|"
    r"account|door))*"
)
_VALUE = r"(?:[\"“](?P<quoted>[^\"”\n]{3,40})[\"”]|(?P<plain>[^\s,;()\"“”]{3,40}))"
_PASSWORDS = re.compile(
    rf"(?<![\w-])(?:{_PASS})(?:(?:\s+[\w'&-]+){{0,5}}?(?P<said>{_IS})|{_FILLER}\s*[\s,]\s*)"
    rf"{_VALUE}",
    re.IGNORECASE,
)
_PHRASES = re.compile(
    rf"(?<![\w-])pass ?phrase(?:{_IS}|\s+)(?P<plain>[^,.;()\"“”\n]{{3,60}})", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"{_VALUE}\s+(?:is|as|ist)\s+(?:the|our|my|das|our)\s+(?:[\w-]+\s+){{0,2}}{_PASS}",
    re.IGNORECASE,
)
_WIFI = re.compile(
    r"(?<![\w-])(?:wi-?fi|wlan|internet|log-?in|ssid)\b(?!\s+(?:name|extender|is\b))"
    r"(?:[^\n.;]{0,40}?(?:\s/\s*|,\s+|\s-\s)|\s*[:=-]?\s+)(?P<plain>[^\s,;()\"“”]{6,40})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Find:
    """Where in the text it is; ``about`` is a key of ``ABOUT`` or empty."""

    start: int
    end: int
    about: str
    is_password: bool = False


def find_codes(text: str) -> list[Find]:
    """What looks like a code, in the order of the text; no two overlap."""
    masked = _OTHER_NUMBERS.sub(_blank, text)
    if "@" in text or "://" in text:
        masked = _ADDRESSES.sub(_blank, masked)
    found: list[Find] = []
    for find in sorted(
        [*_passwords(text, masked), *_codes(masked)],
        key=lambda each: (not each.is_password, each.start),
    ):
        if all(find.end <= other.start or other.end <= find.start for other in found):
            found.append(find)
    return sorted(found, key=lambda each: each.start)


def _blank(found: "re.Match[str]") -> str:
    return "¤" * len(found[0])


# Digits


def _codes(text: str) -> Iterator[Find]:
    for match in _NUMBERS.finditer(text):
        before, after = _words_before(text, match.start()), _words_after(text, match.end())
        if _is_code(match[0], before, after):
            yield Find(match.start(), match.end(), about_of(before, after))
    for match in _MIXED.finditer(text):
        before = _words_before(text, match.start())
        if _near(before, STRONG, 3):
            yield Find(match.start(), match.end(), about_of(before, []))


def _is_code(candidate: str, before: list[str], after: list[str]) -> bool:
    digits = sum(character.isdigit() for character in candidate)
    is_marked = candidate.endswith(("#", "*")) or candidate.startswith("*")
    is_combination = len(_APART.findall(candidate)) >= 2
    if after and after[0] in UNITS and not is_marked:
        return False
    if not (is_marked or is_combination) and _is_number_of_something(before):
        return False
    if any(word in STREETS for word in after[:2]) and not _near(before, STRONG, 2):
        return False
    if is_marked and digits >= 3:
        return True
    if digits > 8:
        return _near(before, LONG, 3)
    reach = 9 if before and before[0] in {"its", "it's", "now"} else 5
    if _near(before, STRONG, reach) or _near(before, MEDIUM, 3):
        return True
    if digits >= 4 and after and after[0] in FOR and _near(after, STRONG | MEDIUM, 3):
        return True
    if digits >= 4 and (_near(after, STRONG, 3) or before[:1] in (["with"], ["using"])):
        return True
    if _near(before, VERBS, 2) and (digits >= 4 or _near(after, STRONG | MEDIUM, 3)):
        return True
    starts = not before or before[0] in _STOPS
    return starts and (_near(after, STRONG, 4) or _near(after, MEDIUM, 5))


def _is_number_of_something(before: list[str]) -> bool:
    if not before:
        return False
    first, second = before[0], before[1] if len(before) > 1 else ""
    if first in {"number", "no", "no.", "#", "nr", "nr.", "numero"}:
        return second not in STRONG and second != "box"
    if first in PERHAPS_NUMBER_OF:
        return not _near(before, STRONG | VERBS, 6)
    if first == "in" and second in AFTER_IN:
        return False
    return first in NUMBER_OF


def _near(words: list[str], wanted: frozenset[str], reach: int) -> bool:
    """Whether a word of these is within reach; the end of a sentence counts as three words."""
    far = 0
    for place, word in enumerate(words):
        if far > reach:
            return False
        if word in wanted or (wanted is STRONG and _is_compound(word)):
            following = words[place + 1] if place + 1 < len(words) else ""
            if following not in OTHER_SENSE:
                return True
        far += 3 if word in _STOPS else 1
    return False


def _is_compound(word: str) -> bool:
    """German writes them as one word: Haustürcode, Fahrradschloss."""
    ends = word.endswith(("code", "tresor", "schloss", "pin"))
    return ends and word not in {"barcode", "postcode", "zipcode", "spin", "decode", "terrapin"}


def about_of(before: list[str], after: list[str]) -> str:
    """What the code is for, by the nearest word that says so; of two in one phrase the stronger."""
    near = before[:6]
    found = [ABOUT_OF[word] for word in near if word in ABOUT_OF]
    if not found:
        found = [ABOUT_OF[word] for word in [*after[:6], *before[6:12]] if word in ABOUT_OF]
    specific = [about for about in found[:2] if about != "door"]
    return (specific or found or [""])[0]


def _words_before(text: str, end: int) -> list[str]:
    """Folded, the nearest first."""
    return [_folded(word) for word in _WORD.findall(text[max(0, end - 120) : end])][::-1]


def _words_after(text: str, start: int) -> list[str]:
    return [_folded(word) for word in _WORD.findall(text[start : start + 80])]


def _folded(word: str) -> str:
    return word if word in _STOPS else fold(word)


# Words


def _passwords(text: str, masked: str) -> Iterator[Find]:
    for match in _PHRASES.finditer(text):
        if find := _password(match, text, masked, is_said=True):
            yield find
    for match in _PASSWORDS.finditer(text):
        if find := _password(match, text, masked, is_said=bool(match["said"])):
            yield find
    for match in _BEFORE.finditer(text):
        if find := _password(match, text, masked, is_said=True):
            yield find
    for match in _WIFI.finditer(text):
        is_strong = _is_strong(match["plain"])
        if is_strong and (find := _password(match, text, masked, is_said=False)):
            yield find


def _password(match: "re.Match[str]", text: str, masked: str, *, is_said: bool) -> Find | None:
    groups = match.groupdict()
    name = "quoted" if groups.get("quoted") else "plain"
    start, end = match.span(name)
    while name == "plain" and text[end - 1] in ".,:'":
        end -= 1
    value = text[start:end]
    if "¤" in masked[start:end] or len(value) < 3 or fold(value) in NO_PASSWORD:
        return None
    if not is_said and name == "plain" and not _is_strong(value):
        is_last = end == len(text) or text[end] in ".,;\n)"
        if not is_last and not value[0].isupper():
            return None
    before, after = _words_before(text, start), _words_after(text, end)
    return Find(start, end, about_of(before, after), is_password=True)


def _is_strong(value: str) -> bool:
    """Whether no sentence has such a word: letters with digits, signs or capitals inside."""
    inside = value[1:-1]
    has_digit, has_letter = any(c.isdigit() for c in value), any(c.isalpha() for c in value)
    has_sign = any(not c.isalnum() and c not in "'’-./" for c in inside)
    has_capital = any(c.isupper() for c in inside) and any(c.islower() for c in value)
    return (has_digit and has_letter) or has_sign or has_capital or value.isdigit()
