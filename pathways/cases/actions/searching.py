"""Search words: by what a case is found. Folded names, the national number, the reference and its number."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction


def index_cases(*, case_ids: Collection[int]) -> None:
    """Make the search words and the sort name of these cases anew, as after a name or number was mended."""
    ids = list(case_ids)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, (ids,))
        cursor.execute(_SORT_NAMES, (ids,))
        cursor.execute("DELETE FROM cases_searchword WHERE case_id = ANY(%s)", (ids,))
        cursor.execute(_ADD_WORDS, (ids,))


# So that no case gets another office meanwhile, which its words repeat.
_LOCK = "SELECT FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"

_SORT_NAMES = """UPDATE cases_case c SET sort_name = p.folded_name FROM people_person p
WHERE p.id = c.person_id AND c.id = ANY(%s) AND c.sort_name <> p.folded_name"""

# The name without spaces lets "obrien" find O'Brien and "vandenberg" Van den Berg.
WORDS_OF = """SELECT DISTINCT c.case_id, left(w.word, 60) AS word, c.office_id
FROM {cases} c CROSS JOIN LATERAL unnest(
    string_to_array(c.folded_name, ' ')
    || ARRAY[replace(c.folded_name, ' ', ''), c.national_number,
             replace(lower(c.reference), '-', ''), ltrim(split_part(c.reference, '-', 3), '0')]::text[]
) AS w(word)
WHERE w.word <> '' ORDER BY 1, 2"""
"""SQL of the words of a relation with case_id, office_id, folded_name, national_number and reference; in the order of their key."""

_CASES = """(SELECT c.id AS case_id, c.office_id, c.reference, p.folded_name, p.national_number
    FROM cases_case c JOIN people_person p ON p.id = c.person_id WHERE c.id = ANY(%s))"""
_ADD_WORDS = f"INSERT INTO cases_searchword (case_id, word, office_id) {WORDS_OF.format(cases=_CASES)}"
