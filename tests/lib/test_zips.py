"""Zip codes: listed in any separation, found as people type them."""

import pytest

from pawfile.lib.zips import bad_zips, is_among, split_zips


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("43085", ["43085"]),
        ("43085,43210;43017 43016\r\n43001", ["43085", "43210", "43017", "43016", "43001"]),
        (" 43085 , , 43085-1234 ", ["43085"]),
        ("sw1a k1a", ["SW1A", "K1A"]),
        ("-", ["-"]),
    ],
)
def test_a_list_is_split_at_any_separation(text: str, expected: list[str]) -> None:
    assert split_zips(text) == expected


def test_what_is_no_zip_code_is_found() -> None:
    odd = ["43085", "OHIO", "4308\x1b", "1" * 21, "-", "K1A", "٤٣٠٨٥"]
    assert bad_zips(odd) == ["OHIO", "4308\x1b", "1" * 21, "-", "٤٣٠٨٥"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("43085", True), (" 43085-1234 ", True), ("43086", False), ("", False), ("4308", False),
        ("sw1a 1aa", True), ("SW1A1AA", False), ("k1a 0b1", True), ("10001 43085", False),
    ],
)  # fmt: skip
def test_a_typed_zip_is_looked_up(typed: str, *, expected: bool) -> None:
    assert is_among(typed, ["43085", "SW1A", "K1A0B1"]) is expected
