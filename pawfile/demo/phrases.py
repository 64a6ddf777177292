"""What invented clients write about their homes and animals: short, ordinary, kind."""

from pawfile.demo.names import listed

ENTRIES = (
    "Front door sticks, pull it toward you while you turn the key.",
    "Please come in through the side door, the front bell wakes the baby.",
    "Lockbox is on the gas meter, left side of the house.",
    "Back door only. The porch light is on a sensor.",
    "Key turns to the left. Deadbolt first, then the knob.",
    "Garage keypad, then the door into the kitchen is unlocked.",
    "Ring twice so the dogs know it is a friend.",
    "Buzz 4 at the main entrance, third floor, door on the right.",
    "The storm door slams, please hold it.",
    "Leave shoes on the mat, the floors are new.",
)
DIRECTIONS = (
    "Second house after the church, blue mailbox.",
    "GPS takes you to the alley; park on the street in front instead.",
    "The number is painted on the curb, the house sits back from the road.",
    "Turn at the gas station, then the first left. If you see the school you went too far.",
    "Yellow house on the corner with the Little Free Library.",
)
ALARM_COMPANIES = ("Buckeye Home Watch", "SafeNest", "Porchlight Security", "Two Rivers Alarm")
PANELS = (
    "Hallway, right of the front door", "Laundry room, behind the door", "Inside the coat closet",
    "Kitchen, next to the fridge", "Garage entry, eye height",
)  # fmt: skip
ALARM_NOTES = (
    "You have 45 seconds. Code, then OFF. Arm with STAY if a cat is in the sunroom.",
    "Disarm as soon as you step in. To leave: code and AWAY, one minute to go.",
    "If it goes off they call us first, then you. Tell them the password.",
    "Do not arm the motion sensor while the dogs are loose.",
)
PARKING = (
    "Driveway is fine.", "Street parking, mind the sweeping on the first Tuesday.",
    "Visitor spots are by the pool.", "Please don't block the left garage door.",
)  # fmt: skip
TRASH = (
    "Cans go to the curb the night before, recycling every other week.",
    "Recycling is the blue bin. Lids shut, we have raccoons.",
    "Only if a bag is full, please don't make an extra trip.",
)
MAIL = (
    "Mail on the kitchen counter, packages inside the door.",
    "Mailbox key hangs by the fridge. Junk goes straight to recycling.",
    "Held at the post office while we are away.",
)
PLANTS = (
    "Orchids get three ice cubes on Sunday, nothing else.",
    "Ferns on the porch every day when it is over 80.",
    "Please water the tomatoes, and take what is ripe.",
    "The fiddle leaf is dying anyway, do not worry about it.",
)
LIGHTS = (
    "Leave the lamp in the front window on.", "Living room lights are on a timer.",
    "Porch light on when it gets dark, please.",
)  # fmt: skip
THERMOSTATS = ("Leave it at 68.", "72 in summer, the bird needs it steady.", "It's on a schedule.")
SHUTOFFS = ("Basement, front wall, red handle", "Under the kitchen sink", "Crawl space hatch")
BREAKERS = ("Garage, left wall", "Basement stairs", "Behind the pantry door")
SUPPLIES = (
    "Paper towels and spray under the kitchen sink.",
    "Carpet cleaner is in the laundry room, the green bottle works best.",
)
HOUSE_NOTES = (
    "The upstairs toilet runs, jiggle the handle.",
    "Please keep the bedroom doors closed.",
    "The smoke alarm in the hall chirps. It is not the battery, we have tried.",
    "Help yourself to coffee and anything in the snack drawer.",
    "Our neighbor works nights, so please keep the dogs quiet before noon.",
)
SITTER_NOTES = (
    "Text us a photo at every visit, it makes our day.",
    "Please write down what they ate, we are watching the weight.",
    "He will tell you he has not been fed. He has been fed.",
    "No need to write much. A thumbs-up is plenty.",
    "Call rather than text, we are often out of range.",
)
OFFICE_NOTES = (
    "Pays by check, always on time.", "Prefers the same sitter.", "Send the invoice to her work.",
    "Asked about overnight stays for December.", "Met at the farmers market, very friendly.",
)  # fmt: skip
REFERRALS = ("Google", "Neighbor", "Vet", "Nextdoor", "Yard sign", "Dog park", "Instagram")
RELATIONS = ("Sister", "Brother", "Mother", "Father", "Neighbor", "Friend", "Daughter", "Son")

FEEDING = (
    "1 cup dry in the morning, 1 cup at night.", "Half a can twice a day, warm it a little.",
    "Free feeds, just top up the bowl.", "One scoop at 7 and one at 5. He will remind you.",
    "Fresh greens every morning, pellets at night.", "A pinch of flakes, once a day.",
)  # fmt: skip
FOOD_PLACES = ("Pantry, blue bin", "Laundry room shelf", "Under the sink", "Fridge door")
WALKS = (
    "Around the block clockwise, she knows the way.", "20 minutes, longer if it is nice out.",
    "Avoid the house with the terrier on the corner.", "Quick potty break is enough in the rain.",
)  # fmt: skip
LEASHES = ("Hook by the back door", "Basket under the bench", "Hall closet, top shelf")
LITTER = ("Basement. Scoop once a day.", "Guest bath, bags are under the sink.")
STAYS = ("Loose in the house", "Crate in the den", "Kitchen with the gate up", "Sunroom")
HIDING = ("Under the big bed.", "Behind the dryer.", "Top of the bookcase, look up.")
PERSONALITIES = (
    "Shy for five minutes, then yours forever.", "Loves everybody, jumps a bit.",
    "An old gentleman who likes his routine.", "Will steal socks. Just ask for them back.",
    "Talks all day.", "Lap cat, once you sit down you are staying.",
)  # fmt: skip
WARNINGS = (
    "Bolts through open doors.", "Growls over food; let him eat alone.",
    "Not good with small dogs on leash.", "Nips when overexcited, turn your back and wait.",
    "Afraid of men in hats, please take yours off.",
)  # fmt: skip
ALLERGIES = ("Chicken", "Beef and dairy", "Grain", "Bee stings", "Penicillin", "Peanut butter")
MEDICINES = (
    "Apoquel 16 mg with breakfast.", "Methimazole 2.5 mg in the ear, twice a day. Wear the gloves.",
    "Insulin 3 units after eating, 7 am and 7 pm.", "Thyroid pill in a bit of cheese, evenings.",
    "Phenobarbital 32 mg at 8 and 8, do not be late.",
)  # fmt: skip
CONDITIONS = ("Heart murmur", "Arthritis in the hips", "Diabetes", "Deaf in one ear", "Seizures")
COMMANDS = ("Sit, stay, leave it, off.", "Understands Spanish.", "“Kitchen” means dinner.")
COLORS = listed("Black, White, Brown, Tan, Gray, Orange tabby, Tuxedo, Calico, Brindle, Merle, Red")

#: animal → (share in percent, breeds)
ANIMALS: dict[str, tuple[int, tuple[str, ...]]] = {
    "Dog": (54, listed("""
        Labrador Retriever, Golden Retriever, German Shepherd, French Bulldog, Beagle, Poodle,
        Dachshund, Boxer, Shih Tzu, Yorkshire Terrier, Australian Shepherd, Border Collie, Husky,
        Great Dane, Chihuahua, Pit bull mix, Lab mix, Goldendoodle, Cockapoo, Corgi, Greyhound,
        Havanese, Boston Terrier, Bernese Mountain Dog, Mutt
        """)),
    "Cat": (31, listed("""
        Domestic Shorthair, Domestic Longhair, Maine Coon, Siamese, Ragdoll, Bengal, Persian,
        Russian Blue, Sphynx, Rescue special
        """)),
    "Bird": (3, listed("Cockatiel, Budgie, African Grey, Canary, Conure, Zebra finch")),
    "Rabbit": (2, listed("Holland Lop, Netherland Dwarf, Rex, Lionhead")),
    "Small mammal": (2, listed("Guinea pig, Syrian hamster, Chinchilla, Rat, Ferret, Gerbil")),
    "Fish": (2, listed("Betta, Goldfish, Angelfish, Community tank")),
    "Reptile": (2, listed("Leopard gecko, Bearded dragon, Corn snake, Box turtle")),
    "Horse": (1, listed("Quarter Horse, Haflinger, Paint, Shetland Pony")),
    "Farm animal": (2, listed("Chicken, Nigerian Dwarf goat, Alpaca, Duck, Potbellied pig")),
    "Other": (1, listed("Hermit crab, Axolotl, Tarantula, Hedgehog")),
}  # fmt: skip
