"""Breeds to suggest while typing; anything else may be typed as well."""

BREEDS = {
    "Dog": (
        "Australian Shepherd", "Basset Hound", "Beagle", "Bernese Mountain Dog", "Bichon Frise",
        "Border Collie", "Boston Terrier", "Boxer", "Cavalier King Charles Spaniel", "Chihuahua",
        "Cocker Spaniel", "Corgi", "Dachshund", "Dalmatian", "Doberman", "English Bulldog",
        "French Bulldog", "German Shepherd", "Golden Retriever", "Goldendoodle", "Great Dane",
        "Greyhound", "Havanese", "Jack Russell Terrier", "Labradoodle", "Labrador Retriever",
        "Maltese", "Miniature Schnauzer", "Mixed breed", "Newfoundland", "Papillon", "Pit Bull",
        "Pomeranian", "Poodle", "Pug", "Rhodesian Ridgeback", "Rottweiler", "Saint Bernard",
        "Shetland Sheepdog", "Shiba Inu", "Shih Tzu", "Siberian Husky", "Vizsla", "Weimaraner",
        "West Highland White Terrier", "Whippet", "Yorkshire Terrier",
    ),
    "Cat": (
        "Abyssinian", "Bengal", "Birman", "British Shorthair", "Burmese", "Devon Rex",
        "Domestic Longhair", "Domestic Shorthair", "Exotic Shorthair", "Maine Coon",
        "Norwegian Forest Cat", "Persian", "Ragdoll", "Russian Blue", "Scottish Fold", "Siamese",
        "Siberian", "Sphynx",
    ),
    "Bird": (
        "Budgerigar", "Canary", "Chicken", "Cockatiel", "Cockatoo", "Finch", "Lovebird", "Macaw",
        "Parrot",
    ),
    "Rabbit": ("Dutch", "Flemish Giant", "Holland Lop", "Lionhead", "Mini Rex", "Netherland Dwarf"),
    "Small mammal": (
        "Chinchilla", "Ferret", "Gerbil", "Guinea pig", "Hamster", "Hedgehog", "Mouse", "Rat",
    ),
    "Fish": ("Betta", "Cichlid", "Goldfish", "Guppy", "Koi", "Tetra"),
    "Reptile": (
        "Ball python", "Bearded dragon", "Corn snake", "Leopard gecko", "Tortoise", "Turtle",
    ),
    "Horse": ("Appaloosa", "Arabian", "Morgan", "Paint", "Pony", "Quarter Horse", "Thoroughbred"),
    "Farm animal": ("Alpaca", "Cow", "Donkey", "Duck", "Goat", "Llama", "Pig", "Sheep"),
}  # fmt: skip


def breeds_for(animal: str | None) -> list[str]:
    """Suggestions for an animal; of all animals while it is not chosen yet."""
    if animal:
        return list(BREEDS.get(animal, ()))
    return sorted({breed for breeds in BREEDS.values() for breed in breeds})
