"""People who asked lately; of some we know little."""

from pawfile.demo.shape import address, days_old, household, months_old, pet, years_old

NEWCOMERS = (
    household("Jo", "Park", since=2, status="Prospect"),
    household(
        "Stephanie", "Holloway",
        pet("Peanut", "Dog", "Cavapoo", sex="Female", born=days_old(61),
            feeding="1/4 cup four times a day.", personality="Asleep or airborne."),
        since=4, status="Prospect", cell_phone="(614) 555-0194", referral="Vet", vet="Patel",
        email="steph.holloway@example.com", **address("155 Aldrich Rd", "Columbus", "43214"),
        tags=["Puppy visits"], office_notes="Call back on Thursday about three visits a day.",
    ),
    household(
        "Amara", "Diallo",
        pet("Kora", "Cat", "Abyssinian", sex="Female", born=months_old(13)),
        since=6, status="Prospect", cell_phone="614-555-0195", email="amara.diallo@example.org",
        **address("2210 Fair Ave", "Bexley", "43209"), referral="Instagram",
    ),
    household(
        "Tyler", "Marsh",
        pet("Diesel", "Dog", "Rottweiler", sex="Male", born=years_old(3)),
        since=9, status="Prospect", cell_phone="614 555 0196", referral="Yard sign",
        office_notes="Meet and greet on Saturday. Two of us, he says Diesel is “protective”.",
    ),
    household(
        "Ruth", "Kjær",
        pet("Søster", "Cat", "Norwegian Forest Cat", sex="Female", born=years_old(9)),
        since=12, status="Prospect", home_phone="(614) 555-0197", primary_phone="Home",
        email="ruth.kjaer@example.net", **address("70 Arden Rd", "Columbus", "43214"),
    ),
    household(
        "Ioana", "Popescu",
        pet("Ricky", "Small mammal", "Ferret", sex="Male", born=months_old(19),
            behavior_warnings="Steals keys. Check the couch."),
        pet("Lucy", "Small mammal", "Ferret", sex="Female", born=months_old(19)),
        since=15, status="Prospect", cell_phone="380-555-0182", email="ioana@example.com",
        **address("3390 Sullivant Ave", "Columbus", "43204"),
    ),
    household(
        "Grace", "Lindqvist-Moore", since=18, status="Prospect", cell_phone="(937) 555-0120",
        email="grace.lm@example.com", office_notes="Grace's cousin. Moving here in the spring.",
    ),
    household(
        "Malik", "Foster",
        pet("Kobe", "Dog", "Boxer", sex="Male", born=days_old(1_240), weight="66 lbs"),
        since=21, status="Prospect", cell_phone="614-555-0107", email="malik.foster@example.com",
        **address("1122 East Livingston Ave", "Columbus", "43205"), tags=["Dog walks"],
    ),
    household(
        "Lucía", "Núñez",
        pet("Paco", "Bird", "Budgie", born=years_old(2)),
        pet("Pepe", "Bird", "Budgie", born=years_old(2)),
        since=26, status="Prospect", cell_phone="(614) 555-0109", email="lucia.nunez@example.org",
        **address("4015 East Main St", "Whitehall", "43213"),
    ),
    household(
        "Harold", "Finch",
        pet("Grover", "Dog", "Belgian Malinois", sex="Male", born=years_old(8),
            commands="He knows forty. The card is in the drawer, in Dutch."),
        since=45, status="Active", cell_phone="(614) 555-0138", email="hfinch@example.net",
        **address("300 West Spring St", "Columbus", "43215", "#901"), primary_sitter="deandre",
        entry_instructions="You are expected.", has_alarm=True, alarm_company="Two Rivers Alarm",
        alarm_phone="(614) 555-0192", alarm_panel_location="Inside the coat closet",
        alarm_code="8675", alarm_password="periwinkle",
        alarm_instructions="Code, then OFF. It says good morning back.",
    ),
    household(
        "Beverly", "Castleberry",
        pet("Sugar", "Dog", "Bichon Frise", sex="Female", born=years_old(13),
            medication="Eye drops, one each side, morning and night.",
            behavior_warnings="Bites when surprised: she is blind, speak before you touch."),
        since=33, status="Active", home_phone="614-555-0136", primary_phone="Home",
        **address("61 Walhalla Rd", "Columbus", "43202"), vet="Mobile", primary_sitter="bernie",
        tags=["Medication", "Cash or check"], uses_keys=False,
        entry_instructions="Key is with the neighbors across the alley.",
    ),
    household("Teresa", "Quick", since=39, status="Prospect", cell_phone="ask Marcus"),
    household(
        "Miguel", "Santos",
        pet("Churro", "Dog", "Mutt", sex="Male", born=months_old(5)),
        since=52, status="Prospect", cell_phone="(614) 555-0134", email="miguel.santos@example.com",
        **address("866 Kelton Ave", "Columbus", "43206"), primary_sitter="deandre",
        tags=["Puppy visits", "Dog walks"], lockbox_code="7070",
    ),
    household(
        "Constance", "Worthington-Smythe",
        pet("Tiberius", "Cat", "British Shorthair", sex="Male", born=years_old(6)),
        since=300, status="Inactive", cell_phone="(614) 555-0198", pool="Indoor",
        email="constance@example.org", **address("15 Preston Rd", "Bexley", "43209"),
        office_notes="In Portugal until further notice.",
    ),
)  # fmt: skip
