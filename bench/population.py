"""A synthetic population in the real tables, made by set-based SQL: persons, cases, facts, their changes, search words.

Regions, places, ages, permits and claims are spread roughly as lists of Belgian municipalities have them; what such lists
hold is blank in 2 to 5 % of the rows. Everything is drawn anew with the same seed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml
from django.db import transaction

from bench.measuring import settle, sql
from config.runtime.places import ROOT
from pathways.base.folding import fold
from pathways.rules import DEADLINE_CODES, STORED_FACTS

TABLES = (
    "registrations_listrow, registrations_listimport, audit_journalentry, audit_viewentry, cases_decisionrecord,"
    " cases_decision, cases_factchange, cases_searchword, cases_facts, cases_case, people_person"
)
BIG_PLACES = {  # in falling size; the others follow in the order of their codes
    "flanders": "11002 44021 31005 12025 46021 41002 24062 71016 34022 73083 35013 42006",
    "brussels": "21004 21015 21012 21009 21001 21005 21010 21013 21016",
    "wallonia": "62063 52011 92094 53053 55022 57081 62096 52012 63079 25112",
    "german_community": "63023 63040 63067",
}
SYLLABLES = (  # noqa: SIM905  a list of 61 words is read, not scrolled
    "ba be bo da di do el fa fe ga ha he ia ka ke ko la le li lo ma me mi mo na ne ni no oba ou pa ra re ri ro"
    " sa se si so ta te ti to va ve vi wa ya ye yo za ze zi zo shi kha bra dri mou sch"
).split()
NATIONALITIES = (  # noqa: SIM905  the oftener named, the likelier
    "MA MA MA MA MA MA SY SY SY SY AF AF AF AF UA UA UA UA TR TR TR TR IN IN IN PS PS CD CD CD CM CM BR BR CN CN IQ IQ"
    " ER ER GN GN RU PK US TN DZ BI SO RW ET GE AL SN IR VN TH PH LB GB FR FR NL NL PL PL RO RO RO BG BG ES IT PT DE BE"
).split()


def _names() -> tuple[list[str], list[str]]:
    found = yaml.safe_load((ROOT / "pathways" / "demo" / "names.yaml").read_text()).values()
    last = {fold(name) for row in found for name in row["last"].split("|")}
    first = {fold(name) for row in found for name in (row["f"] + " " + row["m"]).split()}
    return sorted(last), sorted(first)


def pick(values: str, power: float = 1) -> str:
    """A random element of an SQL array; with a power above 1 the first ones come more often."""
    return f"({values})[1 + floor(cardinality({values}) * power(random(), {power}))::int]"


def words(text: str) -> str:
    """An SQL text array of the words."""
    return "'{" + ",".join(text.split()) + "}'::text[]"


def blank(share: float, value: str) -> str:
    """The value, NULL in `share` of the rows."""
    return f"CASE WHEN random() >= {share} THEN {value} END"


def _places() -> str:
    arrays = []
    for region, big in BIG_PLACES.items():
        order = f"coalesce(array_position({words(big)}, nis_code::text), 1000), nis_code"
        arrays.append(
            f"(SELECT array_agg(nis_code::text ORDER BY {order}) FROM programmes_municipality"
            f" WHERE region = '{region}' AND valid_to IS NULL) AS {region}"
        )
    return "SELECT " + ", ".join(arrays)


# What happened first decides what can follow, so the rows are drawn in three layers.
_FIRST = f"""SELECT i AS id, random() AS luck, i %% 40 AS turn,
    CASE WHEN r < 0.55 THEN 'flanders' WHEN r < 0.77 THEN 'brussels' WHEN r < 0.985 THEN 'wallonia'
        ELSE 'german_community' END AS region,
    CASE WHEN r < 0.55 THEN {pick("p.flanders", 2.5)} WHEN r < 0.77 THEN {pick("p.brussels", 1.5)}
        WHEN r < 0.985 THEN {pick("p.wallonia", 2.5)} ELSE {pick("p.german_community", 2)} END AS municipality,
    %(on)s::date - (CASE WHEN a < 0.06 THEN random() * 17.9 WHEN a < 0.68 THEN 18 + 22 * random()
        WHEN a < 0.96 THEN 40 + 25 * random() ELSE 65 + 20 * random() END * 365.25)::int AS birth_date,
    %(on)s::date - (power(random(), 1.6) * 4500)::int AS came_on,
    {blank(0.03, pick("%(nationalities)s::text[]"))} AS nationality,
    CASE WHEN random() < 0.4 THEN initcap({pick("%(last)s::text[]")}) ELSE
        initcap({pick("%(syllables)s::text[]")} || {pick("%(syllables)s::text[]")} || {pick("%(syllables)s::text[]")})
        END AS last_name,
    initcap({pick("%(first)s::text[]")}) AS first_names,
    CASE WHEN random() < 0.5 THEN 'F' ELSE 'M' END AS sex,
    CASE WHEN random() < 0.15 THEN NULL WHEN random() < 0.6 THEN 'none' ELSE
        {pick(words("refugee refugee refugee temporary temporary temporary subsidiary applicant applicant refused"))}
        END AS asylum_status
FROM (SELECT i, random() AS r, random() AS a FROM generate_series(1, %(rows)s) i) drawn CROSS JOIN ({_places()}) p
OFFSET 0"""

_SECOND = f"""SELECT f.*, greatest(came_on, birth_date) AS arrived_on,
    CASE region WHEN 'flanders' THEN 'flanders-inburgering' WHEN 'wallonia' THEN 'wallonia-parcours'
        WHEN 'german_community' THEN 'german-community-parcours'
        ELSE CASE WHEN luck < 0.45 THEN 'brussels-inburgering' WHEN luck < 0.85 THEN 'brussels-parcours' END
        END AS programme,
    CASE region WHEN 'flanders' THEN 'FL' WHEN 'brussels' THEN 'BX' WHEN 'wallonia' THEN 'WA' ELSE 'DG' END AS duty_line,
    random() AS progress
FROM ({_FIRST}) f OFFSET 0"""

_FLAG = "CASE WHEN random() < {} THEN true WHEN random() < 0.05 THEN false END"

_NEWCOMERS = f"""CREATE UNLOGGED TABLE bench_newcomer AS SELECT s.*,
    CASE WHEN programme = 'brussels-inburgering' THEN 'FL' WHEN programme IS NULL THEN NULL ELSE duty_line END
        AS trajectory_line,
    CASE WHEN nationality <> 'BE' AND (nationality = 'XXA' OR asylum_status = 'refugee') THEN 'third_country'
        ELSE g.nationality_group END AS nationality_group,
    {blank(0.02, "arrived_on")} AS first_registered_on,
    {blank(0.04, "CASE WHEN random() < 0.9 THEN arrived_on ELSE arrived_on + (random() * (%(on)s::date - arrived_on))::int END")}
        AS registered_in_region_on,
    {blank(0.04, "CASE WHEN random() < 0.92 THEN region ELSE 'flanders' END")} AS first_registration_region,
    {blank(0.03, "greatest(birth_date, arrived_on - (random() * random() * 700)::int)")} AS legal_stay_since,
    {blank(0.03, pick(words("foreigners foreigners foreigners foreigners foreigners population waiting none")))} AS register,
    {blank(0.04, pick(words("A A A A B F F F+ L K M E")))} AS permit_type,
    {blank(0.04, pick("'{12,12,12,12,60,60,24,36,999,6,3}'::int[]"))} AS permit_months,
    {blank(0.04, "arrived_on - (random() * 60)::int")} AS permit_ordered_on,
    CASE WHEN random() < 0.05 THEN {pick("'{6,12,24}'::int[]")} END AS stay_limit_months,
    {blank(0.04, pick(words("family family family family work work study protection protection humanitarian medical other")))}
        AS stay_motive,
    CASE WHEN asylum_status <> 'none' THEN arrived_on - (random() * 300)::int END AS asylum_requested_on,
    CASE WHEN random() < 0.4 THEN (power(random(), 2) * 40)::int END AS works_half_time_months,
    {blank(0.03, "random() < 0.8")} AS may_work,
    CASE WHEN random() < 0.25 THEN {pick(words("none none none none pupil regular exchange doctoral teacher"))} END AS study_status,
    {_FLAG.format(0.06)} AS family_of_eu_citizen, {_FLAG.format(0.01)} AS uk_withdrawal_beneficiary,
    CASE WHEN random() < 0.95 THEN nationality IS DISTINCT FROM 'BE' OR random() < 0.5 END AS born_abroad,
    {_FLAG.format(0.5)} AS parent_born_abroad, {_FLAG.format(0.03)} AS belgian_diploma,
    {_FLAG.format(0.02)} AS certificate_elsewhere, {_FLAG.format(0.02)} AS medical_exemption,
    {_FLAG.format(0.02)} AS medical_suspension, {_FLAG.format(0.003)} AS minister_of_religion,
    {blank(0.05, pick(words("literate literate literate literate literate literate other_alphabet non_literate")))} AS literacy,
    {blank(0.05, pick(words("none none none none A1 A2 B1 B2")))} AS level_nl,
    {blank(0.05, pick(words("none none none A1 A2 B1 B2 C1")))} AS level_fr,
    {blank(0.05, pick(words("none none none none none none none A1")))} AS level_de,
    CASE WHEN progress < 0.7 THEN least(%(on)s::date, arrived_on + 20 + (random() * 60)::int) END AS notified_on,
    NULL::date AS obliged_since,
    CASE WHEN progress < 0.6 THEN least(%(on)s::date, arrived_on + 30 + (random() * 120)::int) END AS office_registered_on,
    CASE WHEN progress < 0.5 THEN least(%(on)s::date, arrived_on + 60 + (random() * 150)::int) END AS contract_signed_on,
    CASE WHEN progress < 0.15 THEN least(%(on)s::date, arrived_on + 300 + (random() * 500)::int) END AS certified_on,
    {", ".join(f"NULL::int AS extra_days_{code}" for code in DEADLINE_CODES)},
    row_number() OVER (PARTITION BY birth_date, sex ORDER BY s.id) AS born_that_day, true AS is_open,
    lower(last_name || ' ' || first_names) AS folded_name
FROM ({_SECOND}) s
LEFT JOIN programmes_nationalitygroupperiod g ON g.nationality_id = s.nationality AND g.nationality_group <> 'unknown'
    AND (g.valid_from IS NULL OR g.valid_from <= %(on)s) AND (g.valid_to IS NULL OR g.valid_to > %(on)s)"""

# An INSZ: birth date, an odd (men) or even (women) number of the day, control digits (of "2" and the rest from 2000 on).
_NUMBER = """CASE WHEN born_that_day < 240 AND luck < 0.97 THEN (SELECT stem || lpad((97 - mod(
    (CASE WHEN birth_date >= '2000-01-01' THEN '2' ELSE '' END || stem)::bigint, 97))::text, 2, '0')
    FROM (SELECT to_char(birth_date, 'YYMMDD')
        || lpad((2 * born_that_day - (sex = 'M')::int)::text, 3, '0') AS stem) s) END"""

_PEOPLE = f"""INSERT INTO people_person (id, public_id, last_name, first_names, birth_date, sex, national_number,
    contact_language, email, phone, street, postal_code, city, folded_name, created_at, updated_at)
SELECT id, gen_random_uuid(), last_name, first_names, birth_date, sex, {_NUMBER},
    {pick(words("en fr nl ar tr uk es pt ti prs"))}, lower(first_names) || '.' || id || '@example.org',
    '+324' || lpad((id %% 100000000)::text, 8, '0'), 'Kerkstraat ' || (id %% 200 + 1), '9000', '', folded_name, now(), now()
FROM bench_newcomer"""

_CASES = """INSERT INTO cases_case (id, reference, person_id, region, programme, office_id, counselor_id, sort_name,
    opened_on, invited_on, close_reason)
SELECT n.id, concat_ws('-', coalesce(o.prefix, n.duty_line), extract(year FROM n.arrived_on), lpad(n.id::text, 6, '0')),
    n.id, n.region, n.programme, o.id, CASE WHEN n.luck < 0.8 THEN (%(counselors)s::bigint[])[n.turn + 1] END,
    n.folded_name, n.arrived_on, CASE WHEN n.progress < 0.8 THEN n.arrived_on END, ''
FROM bench_newcomer n
LEFT JOIN programmes_officearea a ON a.municipality_id = n.municipality
    AND a.programme = coalesce(n.programme, 'brussels-inburgering')
LEFT JOIN programmes_office o ON o.id = a.office_id"""

# Days that were added to terms come from acts on a case, of which a list knows nothing.
_FACTS = ", ".join(f'"{name}"' for name in STORED_FACTS if not name.startswith("extra_days_"))
_STEPS = (
    _PEOPLE,
    _CASES,
    f"INSERT INTO cases_facts (case_id, {_FACTS}, duty_line, trajectory_line, is_open)"
    f" SELECT id, {_FACTS}, duty_line, trajectory_line, is_open FROM bench_newcomer",
    """INSERT INTO cases_factchange (case_id, changes, source, evidence, valid_since, "on")
    SELECT f.case_id, (SELECT jsonb_object_agg(key, jsonb_build_array(NULL, value)) FROM jsonb_each(jsonb_strip_nulls(
        to_jsonb(f) - '{case_id,duty_line,trajectory_line,is_open}'::text[]))), 'municipality_list', 'list.csv', c.opened_on,
        c.opened_on FROM cases_facts f JOIN cases_case c ON c.id = f.case_id""",
    """INSERT INTO cases_searchword (case_id, word, office_id) SELECT DISTINCT c.id, left(w.word, 60), c.office_id
    FROM cases_case c JOIN people_person p ON p.id = c.person_id CROSS JOIN LATERAL unnest(string_to_array(p.folded_name, ' ')
        || ARRAY[replace(p.folded_name, ' ', ''), p.national_number, replace(lower(c.reference), '-', ''),
            ltrim(split_part(c.reference, '-', 3), '0')]::text[]) AS w(word) WHERE w.word <> ''""",
    "SELECT setval(pg_get_serial_sequence('people_person', 'id'), max(id)) FROM people_person",
    "SELECT setval(pg_get_serial_sequence('cases_case', 'id'), max(id)) FROM cases_case",
    "SELECT setval('cases_reference_number', max(id)) FROM cases_case",
    "DROP TABLE bench_newcomer",
)


def populate(*, rows: int, on: dt.date, counselors: list[int]) -> None:
    """Empty the tables and fill them with `rows` open cases, not yet decided."""
    last, first = _names()
    params: dict[str, Any] = {"rows": rows, "on": on, "last": last, "first": first, "counselors": counselors}
    params |= {"syllables": SYLLABLES, "nationalities": NATIONALITIES}
    with transaction.atomic():
        sql(f"TRUNCATE {TABLES} CASCADE")
        sql("DROP TABLE IF EXISTS bench_newcomer")
        sql("SET LOCAL session_replication_role = replica")  # no foreign-key look-ups: the rows fit by construction
        sql("SELECT setseed(0.5)")
        sql(_NEWCOMERS, params)
        for step in _STEPS:
            sql(step.replace("%%", "%") if "%(" not in step else step, params if "%(" in step else None)
    settle()
