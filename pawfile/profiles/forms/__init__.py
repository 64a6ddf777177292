from pawfile.profiles.forms.client import ClientForm
from pawfile.profiles.forms.pet import PetForm
from pawfile.profiles.forms.profile import FormItem, FormSection, ProfileForm

__all__ = ["ClientForm", "FormItem", "FormSection", "PetForm", "ProfileForm"]
