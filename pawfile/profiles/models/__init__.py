from pawfile.profiles.models.client import Client, ClientChange, ClientSeen, ClientWord, Tag
from pawfile.profiles.models.files import FileKind, ProfileFile, Sight
from pawfile.profiles.models.pet import Pet, PetChange, PetSeen
from pawfile.profiles.models.photo import Photo, PhotoState
from pawfile.profiles.models.review import ReviewAsk, SectionReview
from pawfile.profiles.models.vaccination import Vaccination

__all__ = [
    "Client",
    "ClientChange",
    "ClientSeen",
    "ClientWord",
    "FileKind",
    "Pet",
    "PetChange",
    "PetSeen",
    "Photo",
    "PhotoState",
    "ProfileFile",
    "ReviewAsk",
    "SectionReview",
    "Sight",
    "Tag",
    "Vaccination",
]
