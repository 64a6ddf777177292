"""Numbers as people and addresses write them."""

#: The largest id a database row can have.
LARGEST_ID = 2**63 - 1


def is_id(text: str) -> bool:
    """Whether ``text`` is digits that can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID
