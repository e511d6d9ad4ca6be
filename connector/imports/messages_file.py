"""Codes about a file as a whole, or about an import of it."""

from connector.imports.message import Text

CODES: dict[str, Text] = {
    "F-DA-001": Text("Datei leer", "Die Datei ist leer. Bitte den Export wiederholen."),
    "F-DA-002": Text(
        "keine CSV-Datei",
        "Das ist keine CSV-Datei, sondern {what}. Bitte im Fachverfahren „als CSV "
        "speichern“ wählen.",
    ),
    "F-DA-003": Text(
        "Zeichensatz nicht lesbar",
        "Der Zeichensatz ist nicht {encoding} (Byte {byte} an Stelle {place}). Bitte als "
        "UTF-8 oder Windows-1252 exportieren oder `encoding` in der Zuordnung anpassen.",
    ),
    "F-DA-004": Text(
        "zwei Zeichensätze gemischt",
        "Die Datei mischt UTF-8 und Windows-1252 (erste Stelle: Byte {place}). Wurde sie "
        "aus zwei Exporten zusammengesetzt? Bitte in einem Stück neu exportieren.",
    ),
    "F-DA-005": Text(
        "Binärdatei",
        "Die Datei enthält Binärzeichen und ist kein Text. Bitte als CSV in UTF-8 oder "
        "Windows-1252 exportieren.",
    ),
    "F-DA-006": Text(
        "kein Trennzeichen erkannt",
        "Kein Trennzeichen erkannt (gesucht: Semikolon, Komma, Tabulator, senkrechter "
        "Strich). Stehen Zeilen vor der Kopfzeile, bitte `lines_before_header` in der Zuordnung "
        "angeben, sonst `delimiter`, oder neu exportieren.",
    ),
    "F-DA-007": Text(
        "Zeile zu lang",
        "Eine Zeile ist länger als 1 MiB. Vermutlich fehlen die Zeilenenden; bitte neu "
        "exportieren.",
    ),
    "F-DA-008": Text(
        "Anführungszeichen offen",
        "Ab Datensatz {record} ist ein Anführungszeichen nicht geschlossen; alles danach "
        "wäre eine einzige Zelle. Bitte neu exportieren (Anführungszeichen im Text verdoppeln).",
    ),
    "F-DA-009": Text(
        "nur Kopfzeile",
        "Die Datei enthält nur die Kopfzeile, keinen Datensatz. Bitte den Filter des "
        "Exports prüfen.",
    ),
    "F-DA-010": Text("Datei nicht lesbar", "Die Datei lässt sich nicht lesen: {reason}."),
    "F-KO-001": Text(
        "Spalte fehlt",
        "Die Spalte „{column}“ steht in der Zuordnung, aber nicht in der Datei. {hint}",
    ),
    "F-KO-002": Text(
        "Spalte doppelt",
        "Die Spalte „{column}“ kommt {times}-mal vor; welche gilt, ist nicht zu erkennen. "
        "Bitte den Export ändern.",
    ),
    "F-KO-003": Text(
        "Kopfzeile fehlt",
        "Keine Kopfzeile gefunden: Die Datei hat nach {lines} übersprungenen Zeilen keine "
        "weitere. Bitte `lines_before_header` in der Zuordnung prüfen.",
    ),
    "F-LA-001": Text(
        "zu viele Änderungen",
        "{count} von {known} bekannten Fällen ({share} %) sind verschwunden, haben einen anderen "
        "Beendigungsgrund, dürfen nicht mehr oder dürfen wieder angeschrieben werden. Bitte "
        "prüfen, ob der Export vollständig und die Zuordnung richtig ist; wenn ja, mit "
        "--accept-changes wiederholen.",
    ),
    "F-LA-002": Text(
        "Datei älter als der Stand",
        "Die Datei ist älter als das, was bekannt ist. {reason}. Sie nähme zurück, was seither "
        "eingelesen wurde: Sperren, Zuständigkeiten, Abschlüsse. Bitte die neueste Datei nehmen; "
        "ist es diese, mit --accept-older wiederholen.",
    ),
    "F-LA-003": Text(
        "Schutz entfällt",
        "{people} Menschen, die bisher nicht angeschrieben werden durften, dürften es wieder "
        "(Liste: W-PE-003). Bitte in der Datei und im Fachverfahren prüfen; ist es richtig, mit "
        "--lift {people} wiederholen.",
    ),
    "F-LA-004": Text(
        "Schreibweisen werden eins",
        "Seit diesem Import zählt die Schreibweise nicht mehr: {count} Fälle, Menschen, Teams oder "
        "Kürzel waren doppelt bekannt und würden eins (Liste: N-ID-004 bis N-ID-006). Das lässt "
        "sich nicht zurücknehmen. Bitte prüfen; ist es richtig, mit --accept-merges wiederholen.",
    ),
    "F-ID-001": Text(
        "zwei Konten, ein Kürzel",
        "Zwei offene Konten haben dasselbe Kürzel, nur anders geschrieben; was Menschen zeigen, "
        "ist für eine Person. Bitte eines sperren: connector account disable.",
    ),
    "F-WE-001": Text(
        "Wort nicht zugeordnet",
        "Die Spalte „{column}“ sagt, wer nicht angeschrieben werden darf, und enthält "
        "Wörter, die die Zuordnung nicht kennt ({words}, zuerst in Datensatz {record}). Bitte "
        "jedes unter [values.{field}] eintragen; dort gilt {known}.",
    ),
    "W-LA-001": Text(
        "Ende der Datei fehlt",
        "Die letzte Zeile endet nicht wie die anderen; vermutlich ist die Datei abgeschnitten. "
        "Kein Fall gilt als verschwunden ({absent} fehlen). Endet der Export immer so, bitte "
        "final_newline = false unter [file] in der Zuordnung eintragen.",
    ),
    "W-LA-002": Text(
        "nicht alles lesbar",
        "{broken} Datensätze ließen sich nicht zerlegen; welche Fälle darin standen, ist nicht zu "
        "erkennen. Kein Fall gilt als verschwunden ({absent} fehlen).",
    ),
}
