"""The file of the whole company while it is written: nobody else's to read, and in its place."""

from pathlib import Path

from pawfile.exports.drafts import draft_of


def test_what_is_left_of_an_earlier_try_does_not_open_the_new_file(tmp_path: Path) -> None:
    path, left = tmp_path / "company.zip", tmp_path / ".company.zip.part"
    left.touch()
    left.chmod(0o644)
    with draft_of(path) as file:
        file.write(b"new")
        assert left.stat().st_mode & 0o777 == 0o600
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_link_in_its_place_leads_nowhere(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "company.zip", tmp_path / "public.txt"
    elsewhere.write_bytes(b"mine")
    (tmp_path / ".company.zip.part").symlink_to(elsewhere)
    with draft_of(path) as file:
        file.write(b"new")
    assert elsewhere.read_bytes() == b"mine"
    assert not path.is_symlink()
