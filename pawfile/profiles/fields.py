"""The fields of clients and pets, as they ship: keys, words, kinds, order, who sees them.

Order is the order of need. A key never changes once it has shipped; a label may.
"""

from django.utils.translation import gettext_lazy as _

from pawfile.fields.registry import Access, Condition, Field, Kind, Label, Section, Subject

HIDE, READ, SHOW = Access.HIDE, Access.READ, Access.SHOW

PRIMARY_PHONES: tuple[tuple[str, Label], ...] = (
    ("Cell", _("Cell")),
    ("Work", _("Work")),
    ("Home", _("Home")),
)
STATUSES: tuple[tuple[str, Label], ...] = (
    ("Prospect", _("Prospect")),
    ("Active", _("Active")),
    ("Inactive", _("Inactive")),
)
TOPICS: tuple[tuple[str, Label], ...] = (
    ("Scheduling Confirmations", _("Scheduling Confirmations")),
    ("Pet Care Journals", _("Pet Care Journals")),
    ("Important Business Updates", _("Important Business Updates")),
    ("Marketing", _("Marketing")),
)
FENCES: tuple[tuple[str, Label], ...] = (
    ("N/A", _("N/A")),
    ("Standard", _("Standard")),
    ("Invisible", _("Invisible")),
    ("Electric", _("Electric")),
)
POOLS: tuple[tuple[str, Label], ...] = (
    ("N/A", _("N/A")),
    ("Inground", _("Inground")),
    ("Above Ground", _("Above Ground")),
    ("Indoor", _("Indoor")),
)
DAYS: tuple[tuple[str, Label], ...] = (
    ("Monday", _("Monday")),
    ("Tuesday", _("Tuesday")),
    ("Wednesday", _("Wednesday")),
    ("Thursday", _("Thursday")),
    ("Friday", _("Friday")),
    ("Saturday", _("Saturday")),
    ("Sunday", _("Sunday")),
)
SEXES: tuple[tuple[str, Label], ...] = (("Female", _("Female")), ("Male", _("Male")))

ALARMED = Condition("has_alarm", True)


def emergency_contact(prefix: str, which: Label) -> tuple[Field, ...]:
    """The four fields of an emergency contact; there are two contacts."""
    first = prefix == "emergency"
    return (
        Field(
            f"{prefix}_name",
            _("Emergency contact") if first else _("Second emergency contact"),
            aliases=("Emergency Contact Name", "Emergency Name") if first else (),
        ),
        Field(
            f"{prefix}_phone",
            _("Emergency phone") if first else _("Second emergency phone"),
            Kind.PHONE,
            aliases=("Emergency Contact Phone",) if first else (),
        ),
        Field(
            f"{prefix}_relationship",
            _("Relationship") if first else _("Second contact's relationship"),
        ),
        Field(
            f"{prefix}_has_key",
            _("Has a key") if first else _("Second contact has a key"),
            Kind.YES_NO,
        ),
    )


CLIENT = Subject(
    "client",
    [
        Section(
            "contact",
            _("Contact"),
            (
                Field(
                    "first_name",
                    _("First name"),
                    is_always_required=True,
                    is_searched=True,
                    aliases=("Given Name", "fname", "First"),
                ),
                Field(
                    "last_name",
                    _("Last name"),
                    is_always_required=True,
                    is_searched=True,
                    aliases=("Family Name", "Surname", "lname", "Last"),
                ),
                Field("cell_phone", _("Cell phone"), Kind.PHONE, is_searched=True,
                      aliases=("Cell", "Mobile", "Mobile Phone", "Phone", "Phone Number")),
                Field("work_phone", _("Work phone"), Kind.PHONE, is_searched=True),
                Field("home_phone", _("Home phone"), Kind.PHONE, is_searched=True),
                Field("primary_phone", _("Primary phone"), Kind.CHOICE, PRIMARY_PHONES),
                Field("email", _("E-mail"), Kind.EMAIL, is_searched=True,
                      aliases=("Email", "Email Address", "Primary Email Address")),
                Field("alternate_emails", _("Alternate e-mails"), Kind.EMAILS, is_searched=True,
                      help=_("Several may be separated by commas."),
                      aliases=("Alternate Email", "Alternate Emails", "CC Email")),
                Field("partner_first_name", _("Partner's first name"), is_searched=True,
                      aliases=("Partner First Name", "Spouse First Name")),
                Field("partner_last_name", _("Partner's last name"), is_searched=True,
                      aliases=("Partner Last Name", "Spouse Last Name")),
                Field("partner_phone", _("Partner's phone"), Kind.PHONE, is_searched=True,
                      aliases=("Partner Phone",)),
                Field("partner_email", _("Partner's e-mail"), Kind.EMAIL, is_searched=True,
                      aliases=("Partner Email",)),
                Field("communication_topics", _("Wants mail about"), Kind.CHOICES, TOPICS,
                      sitter=HIDE, aliases=("Communication Topics",)),
            ),
        ),
        Section(
            "address",
            _("Service address"),
            (
                Field("street", _("Street"), is_searched=True,
                      aliases=("Address", "Address 1", "Street Address", "Street 1")),
                Field("street2", _("Apartment, unit"), is_searched=True,
                      aliases=("Apt", "Address 2", "Street 2", "Unit", "Apartment")),
                Field("city", _("City"), aliases=("Town",)),
                Field("state", _("State"), aliases=("Province", "Region")),
                Field("zip_code", _("Zip code"), is_searched=True,
                      aliases=("Zip", "Postal Code", "Postcode")),
                Field("directions", _("Directions"), Kind.LONG_TEXT),
            ),
        ),
        Section("emergency", _("Emergency contact"),
                (*emergency_contact("emergency", ""), *emergency_contact("emergency2", ""))),
        Section(
            "access",
            _("Home access"),
            (
                Field("uses_keys", _("Uses keys"), Kind.YES_NO, is_safety_critical=True),
                Field("entry_instructions", _("How to get in"), Kind.LONG_TEXT,
                      is_safety_critical=True,
                      aliases=("Entry Instructions", "Access Instructions")),
                Field("door_code", _("Door code"), Kind.SECRET, is_safety_critical=True),
                Field("lockbox_code", _("Lockbox code"), Kind.SECRET, is_safety_critical=True),
                Field("gate_code", _("Gate code"), Kind.SECRET, is_safety_critical=True),
                Field("garage_code", _("Garage code"), Kind.SECRET, is_safety_critical=True),
                Field("has_alarm", _("Home alarm system"), Kind.YES_NO, is_safety_critical=True,
                      aliases=("Has Alarm", "Alarm")),
                Field("alarm_company", _("Alarm company"), shown_when=ALARMED),
                Field("alarm_phone", _("Alarm company's phone"), Kind.PHONE, shown_when=ALARMED,
                      aliases=("Alarm Phone",)),
                Field("alarm_panel_location", _("Where the alarm panel is"), shown_when=ALARMED,
                      is_safety_critical=True, aliases=("Alarm Panel Location",)),
                Field("alarm_code", _("Alarm code"), Kind.SECRET, shown_when=ALARMED,
                      is_safety_critical=True),
                Field("alarm_password", _("Alarm password"), Kind.SECRET, shown_when=ALARMED,
                      help=_("The word the alarm company asks for on the phone."),
                      is_safety_critical=True),
                Field("alarm_instructions", _("How to arm and disarm"), Kind.LONG_TEXT,
                      shown_when=ALARMED, is_safety_critical=True,
                      aliases=("Alarm Instructions", "Instructions to Arm/Disarm")),
                Field("others_with_access", _("Others with access"), Kind.LONG_TEXT,
                      is_safety_critical=True, aliases=("Others With Home Access",)),
                Field("parking", _("Parking"), Kind.LONG_TEXT, aliases=("Parking Information",)),
            ),
        ),
        Section(
            "home",
            _("Home"),
            (
                Field("fence", _("Fence"), Kind.CHOICE, FENCES),
                Field("pool", _("Pool"), Kind.CHOICE, POOLS, aliases=("Pool Type",)),
                Field("trash_days", _("Trash days"), Kind.CHOICES, DAYS),
                Field("trash_notes", _("Trash and recycling"), Kind.LONG_TEXT,
                      aliases=("Trash/Recycling",)),
                Field("mail_notes", _("Mail and packages"), Kind.LONG_TEXT),
                Field("plants", _("Plants"), Kind.LONG_TEXT),
                Field("lights", _("Lights"), Kind.LONG_TEXT),
                Field("thermostat", _("Thermostat"), Kind.LONG_TEXT),
                Field("wifi_name", _("Wi-Fi name")),
                Field("wifi_password", _("Wi-Fi password"), Kind.SECRET),
                Field("water_shutoff", _("Water shut-off")),
                Field("breaker_box", _("Breaker box")),
                Field("cleaning_supplies", _("Cleaning supplies"), Kind.LONG_TEXT),
                Field("house_notes", _("House notes"), Kind.LONG_TEXT),
            ),
        ),
        Section("vet", _("Vet"),
                (Field("vet", _("Vet"), Kind.VET, aliases=("Veterinarian", "Veterinarian Name")),)),
        Section(
            "sitters",
            _("Sitters"),
            (
                Field("primary_sitter", _("Primary sitter"), Kind.SITTER, sitter=READ, client=READ,
                      aliases=("Preferred Sitter",)),
                Field("secondary_sitter", _("Secondary sitter"), Kind.SITTER, sitter=READ,
                      client=READ),
                Field("blocked_sitters", _("Blocked sitters"), Kind.SITTERS, sitter=HIDE,
                      client=HIDE, help=_("They are never offered this client's visits.")),
                Field("sitter_notes", _("Notes for sitters"), Kind.LONG_TEXT,
                      aliases=("Notes to Sitter", "Client Notes", "Sitter Notes")),
            ),
        ),
        Section(
            "office",
            _("Office only"),
            (
                Field("status", _("Status"), Kind.CHOICE, STATUSES, sitter=HIDE, client=HIDE),
                Field("territory", _("Territory"), Kind.TERRITORY, sitter=HIDE, client=HIDE),
                Field("tags", _("Tags"), Kind.TAGS, sitter=HIDE, client=HIDE),
                Field("referral", _("How they found us"), sitter=HIDE, client=HIDE,
                      aliases=("Referral", "How did you find us?")),
                Field("office_notes", _("Office notes"), Kind.LONG_TEXT, sitter=HIDE, client=HIDE,
                      aliases=("Notes to Manager",)),
            ),
        ),
    ],
)  # fmt: skip

PET = Subject(
    "pet",
    [
        Section(
            "about",
            _("About"),
            (
                Field("client", _("Owner"), Kind.OWNER, is_always_required=True),
                Field("name", _("Name"), is_always_required=True, is_searched=True,
                      aliases=("Pet Name", "Pet")),
                Field("animal", _("Animal"), Kind.CHOICE, is_always_required=True,
                      aliases=("Species", "Type", "Animal Type")),
                Field("breed", _("Breed"), aliases=("Breed/Type", "Primary Breed")),
                Field("sex", _("Sex"), Kind.CHOICE, SEXES, aliases=("Gender",)),
                Field("spayed_neutered", _("Spayed or neutered"), Kind.YES_NO,
                      aliases=("Spayed/Neutered", "Fixed")),
                Field("born", _("Born"), Kind.PARTIAL_DATE,
                      help=_("Year, year and month, or the whole date: whatever is known."),
                      aliases=("Birthday", "Date of Birth", "DOB", "Born/Age", "Age")),
                Field("color_markings", _("Color and markings"),
                      aliases=("Color", "Color/Markings")),
                Field("weight", _("Weight")),
                Field("microchip", _("Microchip"), aliases=("Microchip Number",)),
                Field("photo", _("Photo"), Kind.PHOTO),
            ),
        ),
        Section(
            "care",
            _("Care"),
            (
                Field("behavior_warnings", _("Behavior warnings"), Kind.LONG_TEXT,
                      is_safety_critical=True, aliases=("Warnings", "Behavior")),
                Field("allergies", _("Allergies"), Kind.LONG_TEXT, is_safety_critical=True),
                Field("medication", _("Medication"), Kind.LONG_TEXT, is_safety_critical=True,
                      aliases=("Medications", "Medication/Health Notes")),
                Field("medical_conditions", _("Medical conditions"), Kind.LONG_TEXT,
                      is_safety_critical=True, aliases=("Medical Concerns",)),
                Field("feeding", _("Feeding"), Kind.LONG_TEXT, aliases=("Feeding Instructions",)),
                Field("feeding_location", _("Where the food is"), aliases=("Food Location",)),
                Field("walking", _("Walking"), Kind.LONG_TEXT),
                Field("leash_location", _("Where the leash is"), aliases=("Leash Location",)),
                Field("litter_box", _("Litter box"), Kind.LONG_TEXT),
                Field("stays", _("Stays"), help=_("Where the pet stays when nobody is home."),
                      aliases=("My Pet Stays",)),
                Field("hiding_places", _("Hiding places"), Kind.LONG_TEXT),
                Field("personality", _("Personality"), Kind.LONG_TEXT),
                Field("commands", _("Commands"), Kind.LONG_TEXT, aliases=("Training Commands",)),
            ),
        ),
        Section(
            "health",
            _("Vet and insurance"),
            (
                Field("pet_vet", _("Pet's vet"), Kind.VET,
                      help=_("Leave empty if the client's vet looks after this pet.")),
                Field("insurance", _("Insurance")),
            ),
        ),
        Section(
            "office",
            _("Office only"),
            (
                Field("active", _("Active"), Kind.YES_NO, sitter=HIDE, client=HIDE,
                      help=_("“No” hides the pet from everybody but administrators."),
                      aliases=("Pet Active",)),
                Field("office_notes", _("Office notes"), Kind.LONG_TEXT, sitter=HIDE, client=HIDE,
                      aliases=("Pet Notes",)),
            ),
        ),
    ],
)  # fmt: skip
