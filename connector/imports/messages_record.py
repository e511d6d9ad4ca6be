"""Codes about single records."""

from connector.imports.message import Text

CODES: dict[str, Text] = {
    "E-SA-001": Text(
        "zu wenige Spalten",
        "Der Datensatz hat {have} statt {want} Spalten. Bitte im Fachverfahren auf "
        "Zeilenumbrüche und Trennzeichen im Text prüfen.",
    ),
    "E-SA-002": Text(
        "zu viele Spalten",
        "Der Datensatz hat {have} statt {want} Spalten. Steht ein Trennzeichen ohne "
        "Anführungszeichen in einem Feld?",
    ),
    "E-SA-003": Text(
        "Anführungszeichen beschädigt",
        "Die Anführungszeichen in diesem Datensatz gehen nicht auf. Anführungszeichen im "
        "Text müssen verdoppelt sein.",
    ),
    "E-SA-004": Text(
        "Datensatz abgeschnitten",
        "Die Datei endet mitten in diesem Datensatz. Bitte prüfen, ob der Export abgebrochen ist.",
    ),
    "E-SA-005": Text(
        "Nullzeichen",
        "Der Datensatz enthält Nullzeichen und ist beschädigt. Bitte neu exportieren.",
    ),
    "E-SA-006": Text(
        "Feld zu groß",
        "Ein Feld ist größer als 128 KiB. Bitte den Datensatz im Fachverfahren prüfen.",
    ),
    "E-ID-001": Text(
        "Fehlerwert aus Excel",
        "Hier steht ein Fehlerwert aus Excel (wie #NV oder ######) statt des Wertes für {word}. "
        "Bitte die Formel oder die Spaltenbreite berichtigen oder unmittelbar aus dem "
        "Fachverfahren exportieren.",
    ),
    "E-ID-002": Text(
        "Nummer von Excel gekürzt",
        "Excel hat hier eine Zahl gekürzt (wie 1,23E+11); der wahre Wert für {word} ist nicht mehr "
        "zu erkennen. Bitte unmittelbar aus dem Fachverfahren exportieren oder die Spalte beim "
        "Öffnen als Text einlesen.",
    ),
    "E-ID-003": Text(
        "Datum statt Nummer oder Name",
        "Hier steht ein Datum statt des Wertes für {word}; Excel macht aus 1-2 den 1. Februar. "
        "Bitte unmittelbar aus dem Fachverfahren exportieren oder die Spalte beim Öffnen als Text "
        "einlesen.",
    ),
    "E-ID-004": Text(
        "kein Wert",
        "Hier steht nur eine Null oder ein Zeichen statt des Wertes für {word}. Heißt es „nichts“, "
        "bitte unter `missing` in der Zuordnung eintragen, sonst im Fachverfahren berichtigen.",
    ),
    "E-EP-001": Text(
        "Aktenzeichen fehlt", "Das Aktenzeichen fehlt. Bitte im Fachverfahren ergänzen."
    ),
    "E-EP-002": Text(
        "Aktenzeichen zu lang",
        "Das Aktenzeichen ist länger als 60 Zeichen. Stimmt die Zuordnung der Spalte?",
    ),
    "E-EP-003": Text("Beginn fehlt", "Der Beginn fehlt. Bitte das Zugangsdatum ergänzen."),
    "E-EP-004": Text(
        "Team fehlt", "Das Team fehlt. Bitte ergänzen: ohne Team gehört der Fall zu keiner Einheit."
    ),
    "E-EP-005": Text("Fallart fehlt", "Die Fallart fehlt. Bitte ergänzen."),
    "E-EP-006": Text(
        "Fallart unbekannt",
        "Die Fallart ist nicht bekannt. Bitte im Fachverfahren oder in der Zuordnung "
        "(values.kind) ergänzen.",
    ),
    "E-EP-010": Text("Tag gibt es nicht", "Diesen Tag gibt es nicht. Bitte das Datum berichtigen."),
    "E-EP-011": Text("Datum nicht lesbar", "Das Datum ist nicht lesbar. Erwartet wird {formats}."),
    "E-EP-012": Text("Ende vor Beginn", "Das Ende liegt vor dem Beginn. Bitte beide Daten prüfen."),
    "E-EP-013": Text(
        "Beginn in der Zukunft",
        "Der Beginn liegt in der Zukunft (Stichtag {as_of}). Bitte das Datum prüfen.",
    ),
    "E-EP-014": Text(
        "Beendigungsgrund unbekannt",
        "Der Beendigungsgrund ist nicht bekannt. Bitte im Fachverfahren oder in der "
        "Zuordnung (values.end_reason) ergänzen.",
    ),
    "E-EP-020": Text(
        "Widerspruch zu früherem Datensatz",
        "Widerspricht Datensatz {earlier} mit demselben Aktenzeichen; der frühere gilt. "
        "Bitte im Fachverfahren klären.",
    ),
    "E-PE-001": Text(
        "Kundennummer fehlt",
        "Die Kundennummer fehlt. Ohne sie lässt sich nicht verhindern, dass jemand zu oft "
        "gefragt wird.",
    ),
    "W-EP-001": Text(
        "beendet ohne Grund", "Der Fall ist beendet, der Grund fehlt. Bitte nachtragen."
    ),
    "W-EP-002": Text(
        "Maßnahme unbekannt",
        "Die Maßnahme ist nicht bekannt und bleibt leer. Bitte in der Zuordnung "
        "(values.measure) ergänzen.",
    ),
    "W-EP-003": Text(
        "Kürzel fehlt",
        "Das Kürzel der zuständigen Person fehlt. Der Fall zählt bei der Bildung der "
        "Einheiten für niemanden mit.",
    ),
    "W-EP-004": Text(
        "Handlungsbedarfe keine Zahl",
        "Die Anzahl der Handlungsbedarfe ist keine Zahl und bleibt leer.",
    ),
    "W-EP-005": Text(
        "Grund ohne Ende",
        "Ein Beendigungsgrund steht ohne Ende; der Fall gilt als laufend. Bitte prüfen.",
    ),
    "W-EP-006": Text(
        "Kürzel zählen als eines",
        "Das Kürzel gleicht einem anderen bis auf Umlaute, Punkte oder ähnliche Zeichen. Bei der "
        "Bildung der Einheiten zählen beide als eine Person. Bitte unter [values.case_manager] in "
        "der Zuordnung vereinheitlichen oder, sind es zwei, unterscheiden.",
    ),
    "W-EP-007": Text(
        "Kürzel fast gleich",
        "Das Kürzel unterscheidet sich von einem anderen um einen Buchstaben. Ist es dieselbe "
        "Person, bitte vor dem Einladen im Fachverfahren oder unter [values.case_manager] in der "
        "Zuordnung vereinheitlichen: Eine Einheit darf nicht von einer Person handeln.",
    ),
    "W-EP-008": Text(
        "Teams fast gleich",
        "Der Name des Teams gleicht einem anderen bis auf Umlaute, Punkte oder Leerzeichen. Ist es "
        "dasselbe, bitte unter [values.team] in der Zuordnung vereinheitlichen.",
    ),
    "W-PE-002": Text(
        "Schutz nur für diesen Fall",
        "Die Person ist ausgeschlossen, aber ohne Kundennummer: Andere Fälle von ihr sind nicht zu "
        "erkennen und bleiben ungeschützt. Bitte die Kundennummer ergänzen.",
    ),
    "W-PE-003": Text(
        "Schutz entfällt",
        "Die Person durfte bisher nicht angeschrieben werden ({reasons}); nach dieser Datei darf "
        "sie es. Bitte prüfen.",
    ),
    "X-PE-001": Text(
        "Auskunftssperre", "Auskunftssperre: Die Person wird nicht angeschrieben. Nichts zu tun."
    ),
    "X-PE-002": Text(
        "unter 15 Jahren", "Unter 15 Jahren: Die Person wird nicht angeschrieben. Nichts zu tun."
    ),
    "X-PE-003": Text(
        "Auskunftssperre nicht lesbar",
        "Ob eine Auskunftssperre besteht, ist nicht lesbar; die Person wird vorsichtshalber nicht "
        "angeschrieben. Bitte berichtigen.",
    ),
    "X-PE-004": Text(
        "ausgeschlossen",
        "Ausgeschlossen ({reason}): Die Person wird nicht angeschrieben. Nichts zu tun.",
    ),
    "X-PE-006": Text(
        "Geburtsdatum nicht lesbar",
        "Das Geburtsdatum ist nicht lesbar; ob die Person unter 15 ist, bleibt offen, und sie wird "
        "nicht angeschrieben. Bitte berichtigen.",
    ),
    "X-PE-007": Text(
        "Ausschlussgrund nicht lesbar",
        "Der Ausschlussgrund ist nicht lesbar; die Person wird vorsichtshalber nicht "
        "angeschrieben. Bitte berichtigen.",
    ),
    "N-SA-001": Text("leerer Datensatz", "Leerer Datensatz, übergangen."),
    "N-SA-002": Text("Leerzeichen am Rand", "Leerzeichen am Rand entfernt."),
    "N-SA-003": Text(
        "Formelzeichen",
        "Der Wert beginnt wie eine Formel. Er wird als Text behandelt und bleibt wirkungslos.",
    ),
    "N-SA-004": Text("Kopfzeile wiederholt", "Hier steht die Kopfzeile noch einmal, übergangen."),
    "N-ID-001": Text(
        "Schreibweise vereinheitlicht",
        "Der Wert ist anders geschrieben als üblich (unsichtbare Zeichen, mehrere Leerzeichen, "
        '="…" aus Excel, zerlegte Umlaute); er zählt wie ohne das.',
    ),
    "N-ID-002": Text(
        "nur anders geschrieben",
        "Gilt als derselbe Wert wie in Datensatz {earlier}; nur die Schreibweise ist anders.",
    ),
    "N-ID-003": Text(
        "andere Schreibweise",
        "Der Wert ist in {times} Datensätzen anders geschrieben als sonst; er zählt wie dort.",
    ),
    "N-ID-004": Text(
        "Fall war doppelt bekannt",
        "Ein Fall war unter zwei Schreibweisen seines Aktenzeichens bekannt; er ist nun einer.",
    ),
    "N-ID-005": Text(
        "Person war doppelt bekannt",
        "Die Person war unter zwei Schreibweisen ihrer Kundennummer bekannt; sie ist nun eine.",
    ),
    "N-ID-006": Text(
        "Name war doppelt bekannt",
        "Ein Team oder Kürzel war unter zwei Schreibweisen bekannt; es ist nun eines.",
    ),
    "N-EP-001": Text(
        "gleicher Datensatz doppelt", "Gleicht Datensatz {earlier} vollständig; zählt einmal."
    ),
    "N-EP-002": Text(
        "Ende in der Zukunft", "Das Ende liegt in der Zukunft; der Fall gilt bis dahin als laufend."
    ),
    "N-EP-003": Text(
        "Sprache unbekannt",
        "Die Sprache ist nicht bekannt; der Brief kommt auf Deutsch. Bitte in der "
        "Zuordnung (values.language) ergänzen.",
    ),
    "N-PE-001": Text(
        "Kundennummer ungewöhnlich",
        "Die Kundennummer hat nicht die übliche Form (123A456789). Sie wird trotzdem verwendet.",
    ),
    "N-PE-002": Text(
        "Person mit mehreren Fällen",
        "Die Person hat mehrere Fälle; sie wird je Zeitraum nur einmal gefragt.",
    ),
}
