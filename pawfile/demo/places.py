"""Where the demo company works: streets, zip codes and phone numbers that cannot be anybody's."""

from pawfile.demo.names import listed

STATE = "OH"
#: (city, zip code) of the company's area, the nearest first.
PLACES = (
    ("Columbus", "43214"), ("Columbus", "43202"), ("Worthington", "43085"), ("Bexley", "43209"),
    ("Columbus", "43206"), ("Columbus", "43215"), ("Columbus", "43224"), ("Columbus", "43229"),
    ("Columbus", "43201"), ("Columbus", "43205"), ("Columbus", "43203"), ("Columbus", "43207"),
    ("Columbus", "43219"), ("Whitehall", "43213"), ("Columbus", "43227"), ("Columbus", "43232"),
    ("Columbus", "43211"), ("Columbus", "43204"), ("Gahanna", "43230"), ("Westerville", "43081"),
    ("Westerville", "43082"), ("Powell", "43065"), ("Dublin", "43016"), ("Dublin", "43017"),
    ("Columbus", "43235"), ("Columbus", "43220"), ("Upper Arlington", "43221"),
)  # fmt: skip
#: The zip that no territory covers.
UNCOVERED_ZIP = "43221"
#: name, colour, zip codes
TERRITORIES = (
    ("Clintonville & North", "#0f766e",
     ("43214", "43202", "43085", "43224", "43229", "43235", "43220", "43081", "43082", "43065")),
    ("Bexley & East Side", "#b45309",
     ("43209", "43213", "43219", "43227", "43232", "43205", "43203", "43230", "43211")),
    ("German Village & Downtown", "#6d28d9",
     ("43206", "43215", "43207", "43201", "43204", "43016", "43017")),
)  # fmt: skip
STREETS = listed(
    """
    Acorn, Alder, Amherst, Applewood, Arbor, Arden, Ashland, Aspen, Auburn, Baltimore, Banbury,
    Bayberry, Beacon, Beechwold, Bellflower, Berkeley, Birchwood, Blossom, Bluebird, Bridgeview,
    Briarcliff, Brookside, Buckeye, Butternut, Calumet, Cambridge, Canterbury, Cardinal,
    Carriage, Castlegate, Catalpa, Cedarwood, Chatham, Chelsea, Cherry Hill, Chestnut,
    Churchill, Clearview, Clover, Colonial, Coolidge, Copperfield, Cottage, Country Club,
    Covington, Crescent, Crestview, Cypress, Deer Run, Deerfield, Delaware, Devonshire, Dogwood,
    Dresden, Duncan, Eastmoor, Eastview, Edgewood, Elmhurst, Erie, Essex, Evergreen, Fairfax,
    Fairway, Fallis, Falmouth, Fernwood, Fieldstone, Forest, Foxglove, Franklin, Frost, Garden,
    Girard, Glenmont, Glenwood, Goldenrod, Granville, Greenbriar, Grove, Hamlet, Hampton,
    Harbor, Harvest, Hawthorne, Hazelwood, Heather, Hemlock, Heritage, Hickory, Highland,
    Hillcrest, Holly, Honeysuckle, Hunters Run, Indian Mound, Indianola, Iris, Ironwood, Ivy,
    Jasmine, Juniper, Kensington, Kentucky, Kingston, Lakeview, Lancaster, Larkspur, Laurel,
    Lavender, Lexington, Liberty, Lilac, Linden, Locust, Longview, Magnolia, Main, Maple,
    Maplewood, Marigold, Market, Mayfair, Meadow, Meadowbrook, Melrose, Mill Race, Milton,
    Mimosa, Mohawk, Montrose, Morning Glory, Morse, Mulberry, Myrtle, Neil, Northridge,
    Northwood, Norwich, Oak Grove, Oakdale, Oakland Park, Olentangy, Orchard, Overbrook, Oxford,
    Park, Parkview, Peach Tree, Pebble Creek, Pepper, Pine Hollow, Pinecrest, Pleasant, Plum,
    Plymouth, Poplar, Prairie, Primrose, Prospect, Quail Hollow, Quarry, Rathbone, Ravine,
    Redbud, Redwood, Richardson, Ridgeway, River, Riverside, Robinwood, Rosebery, Rosedale,
    Rosemary, Royal Oak, Rustic, Sage, Sandstone, Sassafras, Schreyer, Schrock, Selby, Seneca,
    Shadow Lake, Sharon, Sheffield, Short, Silver Maple, Somerset, South Third, Spring,
    Springfield, Spruce, Stanton, Starling, Stonehenge, Sugar Maple, Summit, Sunbury, Sunflower,
    Sunset, Surrey, Sycamore, Tamarack, Terrace, Thistle, Thornapple, Thurber, Torrence, Tulip,
    Valley View, Vermont, Victoria, Village, Vine, Violet, Walden, Walhalla, Walnut, Warwick,
    Washington, Water, Waverly, Webster, Wellington, Westwood, Weisheimer, Wheeler, Whetstone,
    Whitman, Wildflower, Willow, Willow Bend, Winding Creek, Windsor, Winterset, Wisteria,
    Woodbine, Woodland, Woodruff, Yarrow
    """
)
STREET_ENDS = ("Ave", "St", "Rd", "Dr", "Ln", "Ct", "Pl", "Blvd", "Way", "Street", "Avenue", "Cir")
UNITS = ("Apt", "Unit", "#", "Suite", "Apt.")
#: Home first; people keep the cell number of where they came from.
AREA_CODES = listed(
    """
    614, 380, 740, 220, 330, 234, 216, 440, 419, 567, 513, 937, 326, 283, 201, 202, 203, 205,
    206, 207, 208, 209, 210, 212, 213, 214, 215, 217, 218, 219, 224, 225, 228, 229, 231, 239,
    240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 303, 304,
    305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 331,
    334, 336, 337, 339, 346, 347, 351, 352, 360, 361, 385, 386, 401, 402, 404, 405, 406, 407,
    408, 409, 410, 412, 413, 414, 415, 417, 423, 424, 425, 430, 432, 434, 435, 443, 458, 463,
    464, 469, 470, 475, 478, 479, 480, 484, 501, 502, 503, 504, 505, 507, 508, 509, 510, 512,
    515, 516, 517, 518, 520, 530, 531, 534, 539, 540, 541, 551, 559, 561, 562, 563, 570, 571,
    573, 574, 575, 580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 615, 616,
    617, 618, 619, 620, 623, 626, 628, 629, 630, 631, 636, 641, 646, 650, 651, 657, 660, 661,
    662, 667, 669, 678, 681, 682, 689, 701, 702, 703, 704, 706, 707, 708, 712, 713, 714, 715,
    716, 717, 718, 719, 720, 724, 725, 727, 731, 732, 734, 737, 743, 747, 754, 757, 760, 762,
    763, 765, 769, 770, 772, 773, 774, 775, 779, 781, 785, 786, 801, 802, 803, 804, 805, 806,
    808, 810, 812, 813, 814, 815, 816, 817, 818, 828, 830, 831, 832, 843, 845, 847, 848, 850,
    854, 856, 857, 858, 859, 860, 862, 863, 864, 865, 870, 872, 878, 901, 903, 904, 906, 907,
    908, 909, 910, 912, 913, 914, 915, 916, 917, 918, 919, 920, 925, 928, 929, 930, 931, 934,
    936, 938, 940, 941, 947, 949, 951, 952, 954, 956, 959, 970, 971, 972, 973, 978, 979, 980,
    984, 985, 989
    """
)
