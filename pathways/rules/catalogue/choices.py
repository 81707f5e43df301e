"""The closed lists of the catalogue, each code with its label in the four languages."""

from collections.abc import Mapping

from pathways.rules.texts import texts

Labels = Mapping[str, Mapping[str, str]]

NATIONALITY_GROUPS: Labels = {
    "belgian": texts("Belgian", "Belg", "Belge", "Belgisch"),
    "eu": texts("EU", "EU", "UE", "EU"),
    "eea": texts("EEA (not EU)", "EER (niet EU)", "EEE (hors UE)", "EWR (nicht EU)"),
    "swiss": texts("Swiss", "Zwitsers", "Suisse", "Schweizerisch"),
    "third_country": texts("Third country", "Derde land", "Pays tiers", "Drittstaat"),
}
REGIONS: Labels = {
    "flanders": texts("Flanders", "Vlaanderen", "Flandre", "Flandern"),
    "brussels": texts("Brussels", "Brussel", "Bruxelles", "Brüssel"),
    "wallonia": texts(
        "Wallonia (French-language area)",
        "Wallonië (Franstalig gebied)",
        "Wallonie (région de langue française)",
        "Wallonien (französisches Sprachgebiet)",
    ),
    "german_community": texts(
        "German-speaking Community",
        "Duitstalige Gemeenschap",
        "Communauté germanophone",
        "Deutschsprachige Gemeinschaft",
    ),
}
REGISTERS: Labels = {
    "none": texts("No register", "Geen register", "Aucun registre", "Kein Register"),
    "waiting": texts("Waiting register", "Wachtregister", "Registre d'attente", "Warteregister"),
    "foreigners": texts("Foreigners' register", "Vreemdelingenregister", "Registre des étrangers", "Fremdenregister"),
    "population": texts(
        "Population register", "Bevolkingsregister", "Registre de la population", "Bevölkerungsregister"
    ),
    "protocol": texts("Protocol register", "Protocolregister", "Registre du protocole", "Protokollregister"),
}
STAY_MOTIVES: Labels = {
    "family": texts("Family", "Gezin", "Famille", "Familie"),
    "protection": texts(
        "International protection", "Internationale bescherming", "Protection internationale", "Internationaler Schutz"
    ),
    "humanitarian": texts("Humanitarian", "Humanitair", "Humanitaire", "Humanitär"),
    "medical": texts("Medical", "Medisch", "Médical", "Medizinisch"),
    "trafficking": texts(
        "Victim of human trafficking",
        "Slachtoffer van mensenhandel",
        "Victime de la traite des êtres humains",
        "Opfer von Menschenhandel",
    ),
    "work": texts("Work", "Werk", "Travail", "Arbeit"),
    "study": texts("Study", "Studie", "Études", "Studium"),
    "exchange": texts("Exchange", "Uitwisseling", "Échange", "Austausch"),
    "other": texts("Other", "Andere", "Autre", "Sonstiges"),
}
ASYLUM_STATUSES: Labels = {
    "none": texts("None", "Geen", "Aucun", "Keiner"),
    "applicant": texts(
        "Applicant for international protection",
        "Verzoeker om internationale bescherming",
        "Demandeur de protection internationale",
        "Antragsteller auf internationalen Schutz",
    ),
    "refugee": texts("Recognised refugee", "Erkend vluchteling", "Réfugié reconnu", "Anerkannter Flüchtling"),
    "subsidiary": texts(
        "Subsidiary protection", "Subsidiaire bescherming", "Protection subsidiaire", "Subsidiärer Schutz"
    ),
    "temporary": texts(
        "Temporary protection", "Tijdelijke bescherming", "Protection temporaire", "Vorübergehender Schutz"
    ),
    "refused": texts("Refused", "Geweigerd", "Refusé", "Abgelehnt"),
}
STUDY_STATUSES: Labels = {
    "none": texts("Not studying", "Studeert niet", "Pas aux études", "Kein Studium"),
    "pupil": texts("Pupil", "Leerling", "Élève", "Schüler"),
    "regular": texts("Regular student", "Regelmatige student", "Étudiant régulier", "Regulärer Student"),
    "exchange": texts("Exchange student", "Uitwisselingsstudent", "Étudiant en échange", "Austauschstudent"),
    "doctoral": texts("Doctoral student", "Doctoraatsstudent", "Doctorant", "Doktorand"),
    "teacher": texts(
        "Teacher in higher education",
        "Docent in het hoger onderwijs",
        "Enseignant du supérieur",
        "Hochschullehrer",
    ),
}
LITERACY: Labels = {
    "literate": texts("Literate", "Gealfabetiseerd", "Alphabétisé", "Alphabetisiert"),
    "other_alphabet": texts(
        "Literate in another alphabet",
        "Anders gealfabetiseerd",
        "Alphabétisé dans un autre alphabet",
        "In einem anderen Alphabet alphabetisiert",
    ),
    "non_literate": texts("Not literate", "Niet gealfabetiseerd", "Non alphabétisé", "Nicht alphabetisiert"),
}
LEVEL_LABELS: Labels = {
    "none": texts("No level", "Geen niveau", "Aucun niveau", "Kein Niveau"),
    **{level: texts(level, level, level, level) for level in ("A1", "A2", "B1", "B2", "C1", "C2")},
}
