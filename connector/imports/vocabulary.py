"""The closed sets a mapping maps to: fields of an episode, and the codes that may stand in them.

A code is stable and English; what the jobcenter's system calls the same thing stands in its
mapping. The German words are those used in messages.
"""

from typing import Literal, TypeAlias, get_args

Field: TypeAlias = Literal[
    "case_number",
    "person",
    "team",
    "case_manager",
    "kind",
    "start",
    "end",
    "end_reason",
    "measure",
    "needs",
    "language",
    "disclosure_block",
    "birth_date",
    "exclusion",
]
LetterField: TypeAlias = Literal[
    "salutation",
    "given_name",
    "family_name",
    "care_of",
    "street",
    "postcode",
    "city",
]

FIELDS: dict[Field, str] = {
    "case_number": "Aktenzeichen",
    "person": "Kundennummer",
    "team": "Team",
    "case_manager": "Kürzel der Fallmanagerin oder des Fallmanagers",
    "kind": "Fallart",
    "start": "Beginn",
    "end": "Ende",
    "end_reason": "Beendigungsgrund",
    "measure": "Maßnahme",
    "needs": "Anzahl der Handlungsbedarfe",
    "language": "Sprache",
    "disclosure_block": "Auskunftssperre",
    "birth_date": "Geburtsdatum",
    "exclusion": "Ausschlussgrund",
}
LETTER_FIELDS: tuple[str, ...] = get_args(LetterField)
REQUIRED: tuple[Field, ...] = ("case_number", "person", "team", "kind", "start")

KINDS = {
    "case_management": "Fallmanagement",
    "support": "Betreuung",
    "coaching_16k": "Coaching § 16k",
    "coaching_16e_16i": "Coaching § 16e/§ 16i",
    "work_opportunity_16d": "AGH § 16d",
    "activation_45": "Maßnahme § 45 SGB III",
    "municipal_16a": "kommunale Leistung § 16a",
    "cooperation_plan": "Kooperationsplan",
    "benefits": "Leistungssachbearbeitung",
    "third_party": "Fallmanagement durch Dritte",
}
END_REASONS = {
    "employment": "Integration in Arbeit",
    "training": "Ausbildung",
    "self_employment": "Selbständigkeit",
    "subsidised_work": "geförderte Beschäftigung",
    "handover": "Übergabe an die Vermittlung",
    "goal_reached": "Ziel erreicht ohne Integration",
    "moved": "Umzug oder andere Zuständigkeit",
    "ended_by_person": "Abbruch durch die Person",
    "ended_by_jobcenter": "Abbruch durch das Jobcenter",
    "no_contact": "kein Kontakt",
    "pension": "Rente, Erwerbsminderung, SGB XII",
    "need_ended": "Wegfall der Hilfebedürftigkeit",
    "other": "sonstiger Grund",
}
MEASURES = {
    "activation_45": "§ 45 SGB III",
    "debt_16a": "§ 16a Schuldnerberatung",
    "addiction_16a": "§ 16a Suchtberatung",
    "psychosocial_16a": "§ 16a psychosoziale Betreuung",
    "care_16a": "§ 16a Kinderbetreuung, Pflege",
    "start_up_16b": "§ 16b, § 16c Selbständigkeit",
    "work_opportunity_16d": "§ 16d AGH",
    "integration_16e": "§ 16e EvL",
    "free_16f": "§ 16f freie Förderung",
    "youth_16h": "§ 16h schwer zu erreichende junge Menschen",
    "participation_16i": "§ 16i TaAM",
    "coaching_16k": "§ 16k Coaching",
    "language_course": "Integrations- oder Sprachkurs",
    "other": "sonstige",
}
EXCLUSIONS = {
    "disclosure_block": "Auskunftssperre",
    "under_15": "unter 15 Jahren",
    "birth_date_unreadable": "Geburtsdatum nicht lesbar",
    "reason_unreadable": "Ausschlussgrund nicht lesbar",
    "staff": "eigene Beschäftigte oder Angehörige",
    "death": "verstorben",
    "objection": "Widerspruch",
    "proceedings": "laufendes Verfahren",
    "no_contact_order": "Kontaktverbot",
}
# What follows from a cell that says something else; no export can say these themselves.
DERIVED = frozenset({"under_15", "birth_date_unreadable", "reason_unreadable"})
LANGUAGES = {
    "de": "Deutsch",
    "de-simple": "Leichte Sprache",
    "uk": "Ukrainisch",
    "ar": "Arabisch",
    "ru": "Russisch",
    "tr": "Türkisch",
    "fa": "Persisch",
    "en": "Englisch",
    "bg": "Bulgarisch",
    "ro": "Rumänisch",
}
YES_NO = {"yes": "ja", "no": "nein"}

# Fields whose values are codes of a closed set; a team's name and the like stand as they are.
CODES: dict[Field, dict[str, str]] = {
    "kind": KINDS,
    "end_reason": END_REASONS,
    "measure": MEASURES,
    "language": LANGUAGES,
    "disclosure_block": YES_NO,
    "exclusion": {code: word for code, word in EXCLUSIONS.items() if code not in DERIVED},
}
