"""The words by which ``codes`` knows codes and passwords from other things, folded.

English first, with what people of other languages write into the same boxes.
"""


def words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What a code is for → words that say so, folded; the first that is near decides.
ABOUT = {
    "alarm": words_in("""
        alarm alarma alarme alarmanlage alarmcode alarn alrm adt simplisafe vivint brinks
        disarm security secuirty duress monitoring operator panel alarmfirma desactivar
        guardian codeword arm
    """),
    "lockbox": words_in("""
        lockbox lbx keybox schlusseltresor schlusselbox supra llaves padlock candado lb
        zahlenschloss realtor spigot keysafe
    """),
    "gate": words_in("""
        gate gates gatehouse gartentor tor porton portail callbox hoa neighborhood
        community subdivision guard
    """),
    "garage": words_in("""
        garage garaje cochera garagentor gar grage
    """),
    "wifi": words_in("""
        wifi wi-fi wlan internet router ssid network wpa wlan-schlussel wlan-passwort
        netzwerk
    """),
    "door": words_in("""
        door doors frontdoor deadbolt keypad keyless schlage kwikset yale lockly eufy
        entry entrance building intercom elevator digicode lock turcode haustur puerta
        porte front back side basement cellar attic patio mudroom sunroom access acces
        barn shed cabana clubhouse mailroom laundry storage locker pad fd box buzzer
        simplex room house apartment safe chain knob
    """),
}
ABOUT_OF = {word: about for about, words in ABOUT.items() for word in words}
STRONG = words_in("""
    code codes code's codigo clave pin pins pin# pincode passcode combo combination
    kombination zahlencode lockbox lbx keybox keypad keyless callbox deadbolt digicode padlock
    candado disarm schlage kwikset yale lockly eufy simplisafe adt vivint brinks supra turcode
    alarmcode porton zahlenschloss schlusseltresor schlusselbox simplex alarmanlage keysafe
    codeword intercom lb llaves knox zahlenkombination codice cerradura pw password pwd
    passwort kennwort contrasena
""")
MEDIUM = words_in("""
    alarm alarma alarme alarn alrm gate garage garaje cochera garagentor gar grage door
    frontdoor lock wifi wi-fi wlan security secuirty haustur tor gartentor entry access acces
    elevator basement cellar mudroom patio shed barn box clubhouse pad fd safe side front back
    house building router internet room ring storage laundry mailroom entrance lobby foyer
    kennel coop cabinet closet casita guesthouse bulkhead stable tack feed studio parking nest
    august level beep beeps beeping chirp chirps programmed master tresor schloss kellertur
    keller tur away stay panel latch chain gatehouse
""")
#: These leave nothing but a code to follow.
VERBS = words_in("""
    enter punch type hit press push dial tippen eingeben marque marcar teclear try use arm
    opens wheels
""")
#: Between the digits and what they open.
FOR = words_in("""
    on for into opens unlocks gets works fur para pour
""")
#: Before "code" or "alarm": another thing altogether.
OTHER_SENSE = words_in("""
    error promo discount coupon zip area postal post dress dryer bar fire smoke car key
    furnace product country tracking color colour monoxide test po
""")
#: Right before the digits: a number of something else.
NUMBER_OF = words_in("""
    tag policy account acct license licence invoice order check flight room apt apartment unit
    suite lot route exit channel ch model serial chip microchip page step ext extension stall
    spot spots bus marker ticket permit claim case id rx prescription zip plz plate mailbox
    stop po hausnummer casa calle kcal calories recipe timer size level since until after
    before by from past neighbor neighbors delta pay paid budget up refill weighs spend than
    installed replaced made model-year chipnummer klingel numero member serviced highway block
    bis seit um nr vor nach ab desde hasta depuis every in of under about around over
""")
#: The same, unless a code is spoken of.
PERHAPS_NUMBER_OF = words_in("""
    at to building box
""")
AFTER_IN = words_in("""
    punch put key type enter set geben
""")
#: What has codes of more than eight digits.
LONG = words_in("""
    wifi wi-fi wlan wlan-schlussel code pin
""")
UNITS = words_in("""
    cup cups mg ml g kg lb lbs oz gal gallon gallons gram grams kilo kilos pound pounds liter
    liters tsp tbsp unit units minute minutes min mins hour hours hrs second seconds sec secs
    day days week weeks month months year years yrs anos ans feet ft foot inch inches sq
    square mile miles meters meter amp amps volt volts watt watts percent degrees kcal
    calories dollars bucks usd euro euros eur steps times people words houses square-feet
    block mm cm am pm uhr stock etage treats scoops pills drops yards acres
""")
STREETS = words_in("""
    street st ave avenue road rd lane ln drive dr court ct way blvd place pl circle cir pine
    oak elm maple
""")
#: What is said of passwords instead of them.
NO_PASSWORD = words_in("""
    the and ask see same new old not none never always on in at by via per with will was are
    you your our his her their this that here there file fridge unknown known changed change
    changes unchanged required needed protected written posted taped stuck saved kept stored
    hidden below above under inside behind given sent texted mailed bekommst steht sms case
    sensitive available private for from please call text it's its what which when where who
    how than then working broken empty blank set reset office vault back up to of be been is
    as if no yes still also only just soon later again next last mail email app
""")
