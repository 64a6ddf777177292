"""What changed in the last months: saves by clients, office and sitters, so that there is news."""

from dataclasses import dataclass

from pawfile.demo.build import Book, date_save_back, days_ago
from pawfile.demo.shape import Values
from pawfile.history.marks import mark_seen
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet


@dataclass(frozen=True, slots=True)
class Save:
    days_ago: int
    who: str
    client: str
    values: Values
    pet: str = ""


def save(days: int, who: str, client: str, pet: str = "", **values: str | bool | list[str]) -> Save:
    return Save(days, who, client, dict(values), pet)


WHITCOMB, OBRIEN = "Eleanor Whitcomb", "Siobhán O'Brien"
DOLORES, IBANEZ = "Dolores Featherstonehaugh", "Guadalupe Ibáñez"
SAVES = (
    # Field changes of one household, some of them several times.
    save(117, "client", WHITCOMB, cell_phone="(614) 555-0141"),
    save(104, "client2", WHITCOMB, parking="Driveway, left side. Not behind Tomás's truck."),
    save(83, "client", WHITCOMB, "Biscuit", weight="74 lbs",
         feeding="2 cups of the salmon kibble at 7 am and 5 pm, a spoon of pumpkin on top. "
         "The vet says a little less: level cups, please."),
    save(80, "manager", WHITCOMB, tags=["VIP", "Dog walks", "Medication"]),
    save(72, "client", WHITCOMB, "Biscuit", medication="Carprofen 75 mg with breakfast, "
         "half a tablet with dinner. Bottle on the fridge door."),
    save(61, "client", WHITCOMB, door_code="4471#", entry_instructions="Side door by the trash "
         "cans. The new lock has a keypad: code, then lift the handle."),
    save(47, "client", WHITCOMB, "Biscuit",
         medication="Carprofen 75 mg with breakfast AND with dinner. Bottle on the fridge door."),
    save(40, "client2", WHITCOMB, "Marmalade", medication="Methimazole 5 mg, one whole tablet "
         "in a Pill Pocket, morning and night."),
    save(33, "sitter", WHITCOMB, "Biscuit", walking="Down to the creek and back, about 20 minutes, "
         "slowly. Rinse his feet at the hose."),
    save(26, "client", WHITCOMB, cell_phone="(614) 555-0142", thermostat="70. Tomás is cold."),
    save(19, "client", WHITCOMB, "Biscuit", medication="Carprofen 100 mg with breakfast and "
         "dinner. Gabapentin 100 mg at bedtime. Both bottles on the fridge door.",
         medical_conditions="Hip dysplasia, worse lately. No stairs, no jumping into cars."),
    save(11, "client", WHITCOMB, door_code="7302#", alarm_code="1470"),
    save(5, "client2", WHITCOMB, others_with_access="Cleaning on Fridays now, 9 to 12 (Rosa). "
         "She knows the dogs."),
    save(2, "client", WHITCOMB, "Biscuit",
         behavior_warnings="Pulls hard when he sees squirrels. Growls at the leaf blower."),
    # The rest of the book.
    save(112, "manager", "Catherine Armstrong", alarm_code="6147"),
    save(98, "manager", IBANEZ, "Canela", medication="Vetsulin 2.5 units after each meal, 7 and 7. "
         "Swirl, never shake."),
    save(92, "helen", "Carol Simmons", status="Prospect"),
    save(91, "helen", "Carol Simmons", status="Inactive"),
    save(76, "manager", "Frank D'Angelo", "Nonna",
         medication="Fluids Monday, Wednesday and Friday. Marisol knows how."),
    save(70, "admin", "Terrence Boyd", office_notes="Works from home now. Called about July."),
    save(66, "manager", OBRIEN, "Fig", feeding="1 cup puppy food twice a day."),
    save(58, "sitter", OBRIEN, sitter_notes="Midday walk Monday to Friday. If it storms, stay with "
         "Guinness a little. Fig may come along to the corner."),
    save(52, "sitter", OBRIEN, "Guinness", behavior_warnings="Eats socks, gloves, twice a remote. "
         "Look around before you leave."),
    save(45, "manager", "Krishnamurthy Venkataraman", "Sherlock", medication="Phenobarbital 48 mg "
         "at 8 am and 8 pm, within half an hour. Missing one can mean a seizure."),
    save(44, "client3", "Walter Nowak", emergency_phone="(380) 555-0160"),
    save(38, "manager", DOLORES, lockbox_code="1913"),
    save(37, "sitter2", DOLORES, "Agatha", medication="Insulin 3 units after breakfast and dinner. "
         "Only if she has eaten. Needles in the butter dish, fridge."),
    save(29, "sitter2", DOLORES, "Margery", hiding_places="Behind the radiator in the hall."),
    save(28, "helen", "Gloria Peña", office_notes="Puppy arrives soon. Keep Mondays free."),
    save(24, "manager", "Chloé Nguyen-Carter", secondary_sitter="grace"),
    save(22, "manager", "Olena Shevchenko", street2="Apt. 14", door_code="1991"),
    save(17, "manager", "Miguel Santos", status="Active"),
    save(16, "manager", "Miguel Santos", "Churro", stays="Crate by the window", weight="21 lbs"),
    save(14, "manager", "Omar Haddad", vet="Patel"),
    save(13, "sitter", "Keisha Bell", "Nova", walking="An hour or more. She will not be tired, "
         "but it is a start. Two leashes from now on."),
    save(9, "helen", "Vincent Di Stefano", territory="Clintonville & North"),
    save(8, "manager", DOLORES, "Agatha", feeding="Renal food, 1/4 can. From Monday on only that."),
    save(7, "manager", "DeShawn Washington", gate_code="1998", fence="Invisible"),
    save(6, "manager", IBANEZ, "Canela", medication="Vetsulin 3 units after each meal, 7 and 7. "
         "Swirl, never shake.", weight="5.4 lbs"),
    save(4, "manager", "Stephanie Holloway", "Peanut", allergies="Maybe chicken. Test on Friday."),
    save(3, "sitter2", "Björn Lindström", "Freja", leash_location="Red one, on the sauna door"),
    save(1, "client3", "Walter Nowak", sitter_notes="Mr. Nowak likes a word about the ball game "
         "before business. Football counts as well."),
)  # fmt: skip
#: Who has looked at what already: reader, client, pet, field.
LOOKED_AT = (
    ("sitter", WHITCOMB, "Biscuit", "feeding"),
    ("sitter", WHITCOMB, "", "parking"),
    ("sitter", OBRIEN, "Fig", "feeding"),
    ("manager", WHITCOMB, "Biscuit", "feeding"),
    ("manager", OBRIEN, "Guinness", "behavior_warnings"),
    ("admin", WHITCOMB, "", "cell_phone"),
)


def make_updates(book: Book) -> None:
    """Save them in their order; of a smaller company, those of the clients it has."""
    for number, update in enumerate(sorted(SAVES, key=lambda update: -update.days_ago)):
        if update.client in book.clients:
            apply(book, update, number)
    for reader, client, pet, key in LOOKED_AT:
        if client in book.clients:
            record: Client | Pet = book.pets[client, pet] if pet else book.clients[client]
            mark_seen(record, key, reader=book.company.users[reader])


def apply(book: Book, update: Save, number: int) -> None:
    by = book.company.users[update.who]
    record: Client | Pet
    if update.pet:
        record = Pet.objects.get(pk=book.pets[update.client, update.pet].pk)
        update_pet(record, values=update.values, by=by)
    else:
        record = Client.objects.get(pk=book.clients[update.client].pk)
        update_client(record, values=book.client_values(update.values), by=by)
    date_save_back(record, days_ago(book.company.now, update.days_ago, number))
