"""Search words: by what a case is found. Folded names, the national number, the reference and its number."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction


def index_cases(*, case_ids: Collection[int]) -> None:
    """Make the search words and the sort name of these cases anew, as after a name or number was mended."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SORT_NAMES, (list(case_ids),))
        cursor.execute("DELETE FROM cases_searchword WHERE case_id = ANY(%s)", (list(case_ids),))
        add_words(case_ids=case_ids)


def add_words(*, case_ids: Collection[int]) -> None:
    """Make the search words of cases that have none yet; part of the act that opens them."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, (list(case_ids),))


_SORT_NAMES = """UPDATE cases_case c SET sort_name = p.folded_name FROM people_person p
WHERE p.id = c.person_id AND c.id = ANY(%s) AND c.sort_name <> p.folded_name"""

# The name without spaces lets "obrien" find O'Brien and "vandenberg" Van den Berg.
_WORDS = """INSERT INTO cases_searchword (case_id, word)
SELECT DISTINCT c.id, left(w.word, 60)
FROM cases_case c JOIN people_person p ON p.id = c.person_id
CROSS JOIN LATERAL unnest(
    string_to_array(p.folded_name, ' ')
    || ARRAY[replace(p.folded_name, ' ', ''), p.national_number,
             replace(lower(c.reference), '-', ''), ltrim(split_part(c.reference, '-', 3), '0')]::text[]
) AS w(word)
WHERE c.id = ANY(%s) AND w.word <> ''"""
