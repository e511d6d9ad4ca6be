"""Invented people: first and last names that occur, put together by chance, and streets of no town.

All of them can be written in Windows-1252, since that is what the export is.
"""

# First names by the salutation that the export has for them.
GIVEN: dict[str, tuple[str, ...]] = {
    "Frau": (
        "Adina", "Amal", "Birgit", "Camelia", "Dorota", "Elif", "Farida", "Gesine", "Hülya",
        "Ilka", "Jasmin", "Käthe", "Larissa", "Maren", "Nadja", "Oksana", "Petra", "Rana",
        "Sibel", "Tamara", "Ulrike", "Viktoria", "Wiebke", "Yasemin", "Zofia",
    ),
    "Herr": (
        "Andrij", "Bogdan", "Cem", "Detlef", "Emil", "Farhad", "Günter", "Hamid", "Ivo",
        "Jürgen", "Karim", "Lothar", "Mahmut", "Nils", "Omar", "Pawel", "Radu", "Stefan",
        "Tarek", "Uwe", "Wassyl", "Younes", "Zoltan",
    ),
    "": ("Alex", "Charlie", "Deniz", "Kim", "Mika", "Robin", "Sascha", "Toni"),
}  # fmt: skip

FAMILY = (
    "Albers", "Aydin", "Bauer-Lind", "Brandt", "Bulut", "Çelik", "Dorn", "Ebeling", "El Amin",
    "Fechner", "Fischbach", "Groß", "Hartung", "Horvat", "Ilic", "Ivanenko", "Jansen", "Kaya",
    "Klöpper", "Kovalenko", "Krüger", "Lehnert", "Marinov", "Melnik", "Möller", "Nazari",
    "Nowak", "O'Neil", "Öztürk", "Petrenko", "Popa", "Rahimi", "Rößler", "Sager", "Saleh",
    "Schäfer", "Stein", "Talab", "Tiemann", "Ünal", "Vogt", "von der Wiese", "Weiß", "Yildiz",
    "Zander", "Ziegler",
)  # fmt: skip

STREETS = (
    "Ahornweg", "Am alten Hafen", "Am Güterbahnhof", "Birkenallee", "Brunnengasse",
    "Fliederstraße", "Gartenstraße", "Hinter der Mühle", "Lindenplatz", "Ringstraße",
    "Schulgasse", "Weberstraße",
)  # fmt: skip
