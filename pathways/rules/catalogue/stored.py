"""The facts of a person, in the order in which forms and tables show them."""

from pathways.rules.catalogue import choices as c
from pathways.rules.catalogue.fact import LEVELS, Fact, fact
from pathways.rules.catalogue.progress import DEADLINE_LABELS
from pathways.rules.lines import DEADLINE_CODES
from pathways.rules.texts import joined, texts

NEVER = {"blank": "default", "default": None}  # a date that did not happen
NO = {"blank": "default", "default": False}
# "No ceiling" compares as the highest number there is.
NO_CEILING = {"blank": "default", "default": 2**31 - 1}

IDENTITY: tuple[Fact, ...] = (
    fact(
        "birth_date", "date", "identity", texts("Date of birth", "Geboortedatum", "Date de naissance", "Geburtsdatum")
    ),
    fact(
        "age",
        "int",
        "identity",
        texts("Age", "Leeftijd", "Âge", "Alter"),
        derived=True,
        stored=False,
        sources=("birth_date",),
        unit="years",
    ),
    fact(
        "age_at_registration",
        "int",
        "identity",
        texts(
            "Age at first registration",
            "Leeftijd bij de eerste inschrijving",
            "Âge à la première inscription",
            "Alter bei der ersten Eintragung",
        ),
        derived=True,
        stored=False,
        sources=("birth_date", "first_registered_on"),
        unit="years",
    ),
    fact(
        "nationality",
        "code",
        "identity",
        texts("Nationality", "Nationaliteit", "Nationalité", "Staatsangehörigkeit"),
        code_table="nationalities",
    ),
    fact(
        "nationality_group",
        "choice",
        "identity",
        texts(
            "Group of nationalities",
            "Nationaliteitsgroep",
            "Groupe de nationalités",
            "Gruppe von Staatsangehörigkeiten",
        ),
        choice_labels=c.NATIONALITY_GROUPS,
        derived=True,
        sources=("nationality", "asylum_status"),
    ),
    fact(
        "family_of_eu_citizen",
        "bool",
        "identity",
        texts(
            "Family member of an EU, EEA or Swiss citizen",
            "Familielid van een burger van de EU, de EER of Zwitserland",
            "Membre de la famille d'un citoyen de l'UE, de l'EEE ou suisse",
            "Familienangehöriger eines Bürgers der EU, des EWR oder der Schweiz",
        ),
        **NO,
    ),
    fact(
        "uk_withdrawal_beneficiary",
        "bool",
        "identity",
        texts(
            "Protected by the UK withdrawal agreement",
            "Beschermd door het terugtrekkingsakkoord met het VK",
            "Bénéficiaire de l'accord de retrait du Royaume-Uni",
            "Begünstigt durch das Austrittsabkommen mit dem Vereinigten Königreich",
        ),
        **NO,
    ),
    fact(
        "born_abroad",
        "bool",
        "identity",
        texts("Born abroad", "Geboren in het buitenland", "Né à l'étranger", "Im Ausland geboren"),
        **NO,
    ),
    fact(
        "parent_born_abroad",
        "bool",
        "identity",
        texts(
            "A parent was born abroad",
            "Een ouder is in het buitenland geboren",
            "Un parent est né à l'étranger",
            "Ein Elternteil ist im Ausland geboren",
        ),
        **NO,
    ),
)

RESIDENCE: tuple[Fact, ...] = (
    fact(
        "register",
        "choice",
        "residence",
        texts("Register", "Register", "Registre", "Register"),
        choice_labels=c.REGISTERS,
    ),
    fact(
        "municipality",
        "code",
        "residence",
        texts("Municipality", "Gemeente", "Commune", "Gemeinde"),
        code_table="municipalities",
    ),
    fact(
        "region",
        "choice",
        "residence",
        texts("Region", "Regio", "Région", "Region"),
        choice_labels=c.REGIONS,
        derived=True,
        sources=("municipality",),
    ),
    fact(
        "first_registered_on",
        "date",
        "residence",
        texts(
            "First registration in Belgium with a title of more than three months",
            "Eerste inschrijving in België met een titel van meer dan drie maanden",
            "Première inscription en Belgique avec un titre de plus de trois mois",
            "Erste Eintragung in Belgien mit einem Titel von mehr als drei Monaten",
        ),
    ),
    fact(
        "registered_in_region_on",
        "date",
        "residence",
        texts(
            "Registration in the region",
            "Inschrijving in de regio",
            "Inscription dans la région",
            "Eintragung in der Region",
        ),
    ),
    fact(
        "first_registration_region",
        "choice",
        "residence",
        texts(
            "Region of the first registration",
            "Regio van de eerste inschrijving",
            "Région de la première inscription",
            "Region der ersten Eintragung",
        ),
        choice_labels=c.REGIONS,
    ),
    fact(
        "legal_stay_since",
        "date",
        "residence",
        texts("Legal stay since", "Wettig verblijf sinds", "Séjour légal depuis", "Rechtmäßiger Aufenthalt seit"),
    ),
    fact(
        "legal_stay_months",
        "int",
        "residence",
        texts(
            "Length of legal stay",
            "Duur van het wettig verblijf",
            "Durée du séjour légal",
            "Dauer des rechtmäßigen Aufenthalts",
        ),
        derived=True,
        stored=False,
        sources=("legal_stay_since",),
        unit="months",
    ),
    fact(
        "legal_stay_months_at_registration",
        "int",
        "residence",
        texts(
            "Length of legal stay at registration",
            "Duur van het wettig verblijf bij de inschrijving",
            "Durée du séjour légal à l'inscription",
            "Dauer des rechtmäßigen Aufenthalts bei der Eintragung",
        ),
        derived=True,
        stored=False,
        sources=("legal_stay_since", "registered_in_region_on", "first_registered_on"),
        unit="months",
    ),
)

MOVES: tuple[Fact, ...] = (
    fact(
        "months_before_region",
        "int",
        "residence",
        texts(
            "Time in Belgium before the registration in the region",
            "Tijd in België voor de inschrijving in de regio",
            "Temps en Belgique avant l'inscription dans la région",
            "Zeit in Belgien vor der Eintragung in der Region",
        ),
        derived=True,
        stored=False,
        sources=("first_registered_on", "registered_in_region_on"),
        # Without two different dates the region is the first one.
        blank="default",
        default=0,
        unit="months",
    ),
)

PERMIT: tuple[Fact, ...] = (
    fact(
        "permit_type",
        "code",
        "permit",
        texts("Type of permit", "Soort verblijfstitel", "Type de titre de séjour", "Art des Aufenthaltstitels"),
        code_table="permit_types",
    ),
    fact(
        "permit_months",
        "int",
        "permit",
        texts(
            "Validity of the first title",
            "Geldigheid van de eerste titel",
            "Validité du premier titre",
            "Gültigkeit des ersten Titels",
        ),
        unit="months",
    ),
    fact(
        "permit_ordered_on",
        "date",
        "permit",
        texts("Title ordered on", "Titel besteld op", "Titre commandé le", "Titel bestellt am"),
    ),
    fact(
        "stay_limit_months",
        "int",
        "permit",
        texts(
            "Longest possible stay under this status",
            "Langst mogelijke verblijf onder dit statuut",
            "Séjour maximal sous ce statut",
            "Längstmöglicher Aufenthalt mit diesem Status",
        ),
        unit="months",
        **NO_CEILING,
    ),
    fact(
        "stay_motive",
        "choice",
        "permit",
        texts("Reason for the stay", "Reden van het verblijf", "Motif du séjour", "Grund des Aufenthalts"),
        choice_labels=c.STAY_MOTIVES,
    ),
)

ASYLUM: tuple[Fact, ...] = (
    fact(
        "asylum_status",
        "choice",
        "asylum",
        texts("Asylum status", "Asielstatus", "Statut d'asile", "Asylstatus"),
        choice_labels=c.ASYLUM_STATUSES,
        blank="default",
        default="none",
    ),
    fact(
        "asylum_requested_on",
        "date",
        "asylum",
        texts("Asylum requested on", "Asiel gevraagd op", "Asile demandé le", "Asyl beantragt am"),
    ),
)

WORK_STUDY: tuple[Fact, ...] = (
    fact(
        "works_half_time_months",
        "int",
        "work_study",
        texts(
            "Unbroken work, at least half-time",
            "Ononderbroken werk, minstens halftijds",
            "Travail ininterrompu, au moins à mi-temps",
            "Ununterbrochene Arbeit, mindestens halbtags",
        ),
        blank="default",
        default=0,
        unit="months",
    ),
    fact("may_work", "bool", "work_study", texts("May work", "Mag werken", "Peut travailler", "Darf arbeiten")),
    fact(
        "study_status",
        "choice",
        "work_study",
        texts("Studies", "Studie", "Études", "Studium"),
        choice_labels=c.STUDY_STATUSES,
        blank="default",
        default="none",
    ),
)

EXEMPTION: tuple[Fact, ...] = (
    fact(
        "belgian_diploma",
        "bool",
        "exemption",
        texts("Belgian diploma", "Belgisch diploma", "Diplôme belge", "Belgisches Diplom"),
        **NO,
    ),
    fact(
        "certificate_elsewhere",
        "bool",
        "exemption",
        texts(
            "Integration certificate of another region",
            "Inburgeringsattest van een andere regio",
            "Attestation d'intégration d'une autre région",
            "Integrationsbescheinigung einer anderen Region",
        ),
        **NO,
    ),
    fact(
        "medical_exemption",
        "bool",
        "exemption",
        texts(
            "Medical certificate: permanently unable",
            "Medisch attest: blijvend onmogelijk",
            "Certificat médical : impossibilité permanente",
            "Ärztliches Attest: dauerhaft unmöglich",
        ),
        **NO,
    ),
    fact(
        "medical_suspension",
        "bool",
        "exemption",
        texts(
            "Medical certificate: temporarily unable",
            "Medisch attest: tijdelijk onmogelijk",
            "Certificat médical : impossibilité temporaire",
            "Ärztliches Attest: vorübergehend unmöglich",
        ),
        **NO,
    ),
    fact(
        "minister_of_religion",
        "bool",
        "exemption",
        texts(
            "Minister of a recognised religion",
            "Bedienaar van een erkende eredienst",
            "Ministre d'un culte reconnu",
            "Diener eines anerkannten Kultes",
        ),
        **NO,
    ),
)

LANGUAGE: tuple[Fact, ...] = (
    fact(
        "literacy",
        "choice",
        "language",
        texts("Literacy", "Alfabetisering", "Alphabétisation", "Alphabetisierung"),
        choice_labels=c.LITERACY,
    ),
    *(
        fact(name, "level", "language", labels, choice_labels=c.LEVEL_LABELS, choices=LEVELS)
        for name, labels in (
            (
                "level_nl",
                texts("Level of Dutch", "Niveau Nederlands", "Niveau de néerlandais", "Niveau in Niederländisch"),
            ),
            ("level_fr", texts("Level of French", "Niveau Frans", "Niveau de français", "Niveau in Französisch")),
            ("level_de", texts("Level of German", "Niveau Duits", "Niveau d'allemand", "Niveau in Deutsch")),
        )
    ),
)

ACTS: tuple[Fact, ...] = tuple(
    fact(name, "date", "acts", labels, **NEVER)
    for name, labels in (
        (
            "notified_on",
            texts(
                "Notice of the duty received on",
                "Kennisgeving van de plicht ontvangen op",
                "Notification de l'obligation reçue le",
                "Mitteilung der Pflicht erhalten am",
            ),
        ),
        ("obliged_since", texts("Obliged since", "Verplicht sinds", "Obligé depuis", "Verpflichtet seit")),
        (
            "office_registered_on",
            texts(
                "Registered with the office on",
                "Aangemeld bij het kantoor op",
                "Inscrit au bureau le",
                "Bei der Anlaufstelle angemeldet am",
            ),
        ),
        (
            "contract_signed_on",
            texts("Contract signed on", "Contract ondertekend op", "Convention signée le", "Vereinbarung signiert am"),
        ),
        (
            "certified_on",
            texts(
                "Certificate issued on", "Attest uitgereikt op", "Attestation délivrée le", "Bescheinigung erteilt am"
            ),
        ),
    )
)

_DAYS_ADDED = texts(
    "Days added to the term", "Dagen toegevoegd aan de termijn", "Jours ajoutés au délai", "Der Frist hinzugefügte Tage"
)

_OF_TERM = texts("{a}: {b}", "{a}: {b}", "{a}: {b}", "{a}: {b}")

TERMS: tuple[Fact, ...] = tuple(
    fact(
        f"extra_days_{code}",
        "int",
        "acts",
        joined(_OF_TERM, a=_DAYS_ADDED, b=DEADLINE_LABELS[code]),
        blank="default",
        default=0,
        unit="days",
        recordable=False,
    )
    for code in DEADLINE_CODES
)
"""What suspensions, extensions and shifts add to each term: the sum of the rows of its ledger."""

ALL: tuple[Fact, ...] = (
    *IDENTITY,
    *RESIDENCE,
    *MOVES,
    *PERMIT,
    *ASYLUM,
    *WORK_STUDY,
    *EXEMPTION,
    *LANGUAGE,
    *ACTS,
    *TERMS,
)
