"""The wall around the ledger: its rows add up to the days by which the rules lengthen a term, or nothing is kept.

Checked at the end of the transaction, on both sides: where a row is added, and where the fact changes.
"""

from pathways.rules import DEADLINE_CODES

_FACTS = ", ".join(f"('{code}', f.extra_days_{code})" for code in DEADLINE_CODES)
_CHANGED = " OR ".join(f"OLD.extra_days_{code} IS DISTINCT FROM NEW.extra_days_{code}" for code in DEADLINE_CODES)
_GIVEN = " OR ".join(f"coalesce(NEW.extra_days_{code}, 0) <> 0" for code in DEADLINE_CODES)

LEDGER_ADDS_UP = f"""
CREATE FUNCTION duties_ledger_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong text;
BEGIN
    SELECT t.code INTO wrong FROM cases_facts f CROSS JOIN LATERAL (VALUES {_FACTS}) AS t(code, days)
    WHERE f.case_id = NEW.case_id AND coalesce(t.days, 0) <> (
        SELECT coalesce(sum(e.days), 0) FROM duties_termentry e WHERE e.case_id = f.case_id AND e.code = t.code)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The ledger of term % of case % does not add up.', wrong, NEW.case_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'term_ledger_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER term_ledger_adds_up AFTER INSERT ON duties_termentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION duties_ledger_adds_up();
CREATE CONSTRAINT TRIGGER term_ledger_adds_up AFTER UPDATE ON cases_facts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({_CHANGED}) EXECUTE FUNCTION duties_ledger_adds_up();
CREATE CONSTRAINT TRIGGER term_ledger_starts_at_zero AFTER INSERT ON cases_facts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({_GIVEN}) EXECUTE FUNCTION duties_ledger_adds_up();
"""  # noqa: S608  constants of the catalogue

REMOVE = """
DROP TRIGGER IF EXISTS term_ledger_starts_at_zero ON cases_facts;
DROP TRIGGER IF EXISTS term_ledger_adds_up ON cases_facts;
DROP TRIGGER IF EXISTS term_ledger_adds_up ON duties_termentry;
DROP FUNCTION IF EXISTS duties_ledger_adds_up();
"""
