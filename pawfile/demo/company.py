"""The company itself: its people, vets, territories and tags."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from pawfile.accounts.models import Role, User
from pawfile.demo import names
from pawfile.demo.dice import Dice
from pawfile.demo.people import mail_part, surname
from pawfile.demo.places import TERRITORIES
from pawfile.demo.shape import Circle
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Tag
from pawfile.resources.models import Territory, TerritoryZip, Vet

NAME = "Maple & Main Pet Care"
#: Everybody may know it: it opens a company of invented people.
PASSWORD = "pawfile-demo"  # nosec B105
TAGS = (
    "VIP", "Vacation only", "Dog walks", "Puppy visits", "Overnights", "Weekends",
    "Cash or check", "Medication", "Snowbird",
)  # fmt: skip
#: Who signs in with the password above: short name, role, full name, nickname, phone.
SIGN_IN_PEOPLE = (
    ("admin", Role.ADMINISTRATOR, "Ruth Abernathy", "", "(614) 555-0100"),
    ("manager", Role.MANAGER, "Marcus Oyelaran", "", "(614) 555-0101"),
    ("sitter", Role.SITTER, "Jamie Castellano", "Jamie", "(614) 555-0110"),
    ("sitter2", Role.SITTER, "Priya Raman", "Pri", "(614) 555-0111"),
    ("client", Role.CLIENT, "Eleanor Whitcomb", "", "(614) 555-0142"),
    ("client2", Role.CLIENT, "Tomás Reyes-Whitcomb", "Tom", "(614) 555-0144"),
    ("client3", Role.CLIENT, "Walter Nowak", "", "614-555-0105"),
)
#: Who only works here: nobody knows a password of theirs.
COLLEAGUES = (
    ("helen", Role.MANAGER, "Helen Yoshida", "", "(614) 555-0102"),
    ("grace", Role.SITTER, "Grace Lindqvist", "", "(614) 555-0112"),
    ("theo", Role.SITTER, "Théo Marchand", "", "380-555-0113"),
    ("bernie", Role.SITTER, "Bernadette O'Rourke", "Bernie", "(614) 555-0114"),
    ("deandre", Role.SITTER, "DeAndre Whitfield", "Dre", "614-555-0115"),
    ("marisol", Role.SITTER, "Marisol de la Fuente y Aragón", "", "(740) 555-0116"),
)
FORMER_SITTER = ("kyle", Role.SITTER, "Kyle Pruitt", "", "(614) 555-0117")
#: short name, name, clinic, phone, address, emergency hours
VETS = (
    ("Patel", "Dr. Anjali Patel", "Clintonville Animal Hospital", "(614) 555-0150",
     "3640 Indianola Ave, Columbus, OH 43214", "Mon–Sat until 9 pm"),
    ("Lindgren", "Dr. Erik Lindgren", "Village Vet on Third", "(614) 555-0151",
     "711 South Third St, Columbus, OH 43206", ""),
    ("Brooks", "Dr. Simone Brooks", "Bexley Pet Clinic", "(614) 555-0152",
     "2480 East Main St, Bexley, OH 43209", "On call: press 2"),
    ("Hough", "Dr. Bill Hough", "Hough & Daughters Veterinary", "614-555-0153",
     "905 High St, Worthington, OH 43085", ""),
    ("Night", "On-duty doctor", "North Side 24-Hour Animal Emergency", "(614) 555-0199",
     "5000 Sinclair Rd, Columbus, OH 43229", "Always open"),
    ("Castellanos", "Dr. María José Castellanos", "Cats Only Columbus", "(614) 555-0154",
     "1180 Grandview Ave, Columbus, OH 43212", ""),
    ("Okonkwo", "Dr. Ifeoma Okonkwo", "Wings & Scales Exotics", "380-555-0155",
     "64 West Olentangy St, Powell, OH 43065", "Reptiles and birds: text first"),
    ("Farm", "Dr. Hank Tolliver", "Tolliver Large Animal", "(740) 555-0156",
     "State Route 37, Delaware, OH 43015", "Comes to the barn, day and night"),
    ("Kim", "Dr. Daniel Kim", "Gahanna Family Pet Care", "614-555-0157",
     "88 Granville St, Gahanna, OH 43230", ""),
    ("Mobile", "Dr. Leslie St. Clair", "Mobile Vet, comes to the house", "(614) 555-0158", "", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Company:
    """What households point at, by short names."""

    now: datetime
    users: dict[str, User]
    vets: dict[str, Vet]
    territories: dict[str, Territory]
    tags: list[Tag]

    def circle(self) -> Circle:
        """The same for invented households; their sitters are none of those who sign in."""
        mine = ("sitter", "sitter2", FORMER_SITTER[0])
        sitters = [user for short, user in self.users.items() if short not in mine]
        return Circle(
            now=self.now,
            office=tuple(user.pk for user in self.users.values() if user.is_office),
            sitters=tuple(user.pk for user in sitters if user.is_sitter),
            vets=tuple(vet.pk for vet in self.vets.values()),
            tags=tuple(tag.pk for tag in self.tags),
        )


def make_company(now: datetime) -> Company:
    options = SiteOptions.load()
    options.company_name, options.is_demo = NAME, True
    options.time_zone, options.phone_region = "America/New_York", "US"
    options.save()
    return Company(
        now=now,
        users=make_users(now),
        vets=make_vets(),
        territories=make_territories(),
        tags=[Tag.objects.create(name=name) for name in TAGS],
    )


def make_users(now: datetime) -> dict[str, User]:
    everybody = (*SIGN_IN_PEOPLE, *COLLEAGUES, FORMER_SITTER)
    users = {
        short: User.objects.create_user(
            f"{short}@demo.test",
            role=role,
            name=name,
            nickname=nickname,
            phone=phone,
            is_active=short != FORMER_SITTER[0],
            joined_at=now - timedelta(days=2_200 - 90 * place),
        )
        for place, (short, role, name, nickname, phone) in enumerate(everybody)
    }
    hashed = make_password(PASSWORD)  # slow on purpose, so once for all
    for short, *_ in SIGN_IN_PEOPLE:
        users[short].password = hashed
        users[short].save(update_fields=["password"])
    return users


def make_vets() -> dict[str, Vet]:
    return {
        short: Vet.objects.create(
            name=name, clinic=clinic, phone=phone, address=address, emergency_hours=hours
        )
        for short, name, clinic, phone, address, hours in VETS
    }


def make_territories() -> dict[str, Territory]:
    made = {}
    for name, colour, zips in TERRITORIES:
        made[name] = Territory.objects.create(name=name, colour=colour)
        TerritoryZip.objects.bulk_create(
            TerritoryZip(territory=made[name], zip_code=zip_code) for zip_code in zips
        )
    return made


def make_more_sitters(company: Company, count: int, dice: Dice) -> None:
    """A bigger company has more sitters, so that nobody looks after a thousand homes."""
    for number in range(count):
        first, last = dice.pick_common(names.FIRST_NAMES), surname(dice)
        short = f"{mail_part(first)}.{mail_part(last)}.{number}"
        company.users[short] = User.objects.create_user(
            f"{short}@demo.test",
            role=Role.SITTER,
            name=f"{first} {last}",
            phone=dice.phone(),
            joined_at=company.now - timedelta(days=dice.randrange(30, 2_000)),
        )
