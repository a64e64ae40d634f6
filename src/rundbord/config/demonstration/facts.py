"""Who and what there is in the invented county. No name, number or house here is anybody's."""

REGION = ("Distriktskontoret (oppdiktet)", "regional_office")
LINK = ("LINK Glommafjorden (oppdiktet)", "clearinghouse")
# Fredrikstad, Sarpsborg, Moss, Halden, Råde, Hvaler, Indre Østfold
AREA = ("3107", "3105", "3103", "3101", "3112", "3110", "3118")
# name, municipalities, hours, what it does (organisations.rules.Service), its own words, who has said yes
POINTS = (
    (
        "Kontaktpunkt Fredrikstad (oppdiktet)",
        ("3107", "3110"),
        "10.00–14.00",
        ("start_help", "talks", "rooms"),
        "Vi holder til på frisklivssentralen, i første etasje. Ring, eller stikk innom en tirsdag.\n\n"
        "Du får en prat og en kopp kaffe. Du bestemmer selv hva som skjer etterpå.",
        ("Solveig Lund", "solveig@demo.example"),
    ),
    (
        "Kontaktpunkt Halden (oppdiktet)",
        ("3101",),
        "12.00–15.00",
        ("talks", "rooms"),
        "Vi er to frivillige på biblioteket. Vi vet hvilke grupper som finnes, og hjelper deg videre.",
        None,
    ),
    (
        "Kontaktpunkt Moss (oppdiktet)",
        ("3103", "3112"),
        "09.00–12.00",
        ("start_help", "talks", "visits"),
        "Vi svarer på det du lurer på, stort og smått. Ingen ting skrives ned i den første samtalen.",
        None,
    ),
)
LINK_DOES = ("groups", "digital", "start_help", "talks", "training", "visits")
LINK_SAYS = (
    "Vi starter grupper i hele fylket og lærer opp igangsettere.\n\n"
    "Når du ringer, hører vi på det du vil fortelle. Så sier vi hva som finnes nær deg. "
    "Du velger selv om du vil ønske deg plass."
)
REGION_DOES = ("training", "visits")
REGION_SAYS = "Vi hjelper kontaktpunktene i gang, og samler dem til opplæring."
MAIL = "kontakt@demo.example"
SHOWN = {"kari@demo.example": "Kari"}  # who of the staff has said yes to stand by name, and how
PHONE, HOURS = "69 00 00 00", "09.00–15.00"  # hours without words: read in every language

STAFF = (
    ("manager", "Marit Myrvang", "marit@demo.example"),
    ("coordinator", "Kari Nesset", "kari@demo.example"),
)

# first name, e-mail, municipality, km, digital too, languages, free slots, groups at once, woman
STARTERS = (
    ("Anne", "anne@demo.example", "3107", 40, True, ["no", "en"], [4, 9, 14, 8], 2, True),
    ("Bjørn", "bjorn@demo.example", "3105", 35, False, ["no"], [4, 9, 19], 1, False),
    ("Dagny", "dagny@demo.example", "3103", 40, True, ["no"], [9, 14, 19], 2, True),
    ("Elias", "elias@demo.example", "3101", 40, True, ["no", "en"], [4, 14, 13], 1, False),
    ("Fatima", "fatima@demo.example", "3107", 30, True, ["no", "ar", "en"], [9, 14, 6], 1, True),
    ("Gunnar", "gunnar@demo.example", "3118", 50, False, ["no"], [14, 19, 11], 1, False),
    ("Hilde", "hilde@demo.example", "3112", 40, True, ["no"], [4, 19, 9], 1, True),
    ("Olena", "olena@demo.example", "3105", 30, True, ["no", "uk"], [14, 9, 2], 1, True),
    ("Turid", "turid@demo.example", "3107", 25, False, ["no"], [1, 6, 11, 16], 2, True),
)

# house, address, municipality, accessible, rooms: (name, seats, free slots)
HOUSES = (
    ("Elvehuset", "Brygga 1", "3107", True, (("Stua", 10, [4, 9, 14, 19, 1, 6]), ("Loftet", 9, [4, 9, 14]))),
    ("Frisklivshuset", "Kirkeveien 2", "3107", True, (("Møterom 1", 12, [9, 14, 19, 8, 11]),)),
    (
        "Frivilligsentralen",
        "Torget 3",
        "3105",
        True,
        (("Peisestua", 10, [4, 9, 14, 19]), ("Kjøkkenet", 8, [1, 6])),
    ),
    ("Biblioteket", "Storgata 4", "3105", True, (("Studierommet", 9, [14, 19, 13]),)),
    ("Parkhuset", "Parkveien 5", "3103", True, (("Salongen", 10, [4, 9, 14, 19]), ("Blåstua", 9, [14, 19]))),
    (
        "Fjellheim",
        "Festningsgata 6",
        "3101",
        False,
        (("Kaminrommet", 9, [4, 14]), ("Tårnet", 8, [14, 9])),
    ),
    ("Bygdehuset", "Bygdeveien 7", "3118", True, (("Lillesalen", 12, [9, 14, 19, 11]),)),
    ("Prestegården", "Alleen 8", "3112", False, (("Spisestua", 9, [4, 9, 19]),)),
)

COURSES = (
    ("Kurs i mestring (oppdiktet)", "Frisklivssentralen (oppdiktet)", "3107"),
    ("Kurs i belastning (oppdiktet)", "Lærings- og mestringssenteret (oppdiktet)", "3105"),
)

NAMES = (
    "Ada", "Aksel", "Alma", "Amir", "Arne", "Astrid", "Aud", "Berit", "Bodil", "Brage", "Camilla",
    "Dina", "Egil", "Eirik", "Ella", "Else", "Emil", "Erna", "Eva", "Frida", "Frode", "Geir", "Grete",
    "Guro", "Hamza", "Hanna", "Hedda", "Helge", "Idun", "Inga", "Ivar", "Jon", "Jorunn", "Kaja",
    "Kjell", "Knut", "Lars", "Leif", "Lena", "Liv", "Magnus", "Maja", "Malin", "Mona", "Nadia", "Nils",
    "Nora", "Oda", "Odd", "Olav", "Oskar", "Per", "Petter", "Ragnhild", "Rolf", "Runa", "Sara",
    "Sigrid", "Siri", "Solveig", "Stein", "Svein", "Tara", "Tone", "Tor", "Tuva", "Ulrik", "Unni",
    "Vera", "Vidar", "Viggo", "Yngve", "Yusuf", "Øystein", "Åse", "Åsmund",
)  # fmt: skip
