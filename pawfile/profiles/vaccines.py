"""Vaccinations to suggest while typing; anything else may be typed as well."""

VACCINES = {
    "Dog": (
        "Rabies", "DHPP", "Bordetella", "Leptospirosis", "Canine influenza", "Lyme disease",
        "Parvovirus", "Distemper",
    ),
    "Cat": ("Rabies", "FVRCP", "FeLV", "Chlamydia"),
    "Rabbit": ("RHDV2", "Myxomatosis"),
    "Small mammal": ("Rabies", "Distemper"),
    "Horse": (
        "Rabies", "Tetanus", "Influenza", "Equine herpesvirus", "West Nile virus", "EEE/WEE",
        "Strangles",
    ),
    "Farm animal": ("Rabies", "Clostridium and tetanus"),
}  # fmt: skip


def vaccines_for(animal: str) -> tuple[str, ...]:
    return VACCINES.get(animal, ())
