from pawfile.profiles.models.client import Client, ClientChange, ClientSeen, ClientWord, Tag
from pawfile.profiles.models.pet import Pet, PetChange, PetSeen
from pawfile.profiles.models.photo import Photo, PhotoState
from pawfile.profiles.models.review import ReviewAsk, SectionReview

__all__ = [
    "Client",
    "ClientChange",
    "ClientSeen",
    "ClientWord",
    "Pet",
    "PetChange",
    "PetSeen",
    "Photo",
    "PhotoState",
    "ReviewAsk",
    "SectionReview",
    "Tag",
]
