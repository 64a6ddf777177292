from pawfile.profiles.forms.client import ClientForm
from pawfile.profiles.forms.pet import PetForm
from pawfile.profiles.forms.profile import ProfileForm
from pawfile.profiles.forms.shown import FormItem, FormSection

__all__ = ["ClientForm", "FormItem", "FormSection", "PetForm", "ProfileForm"]
