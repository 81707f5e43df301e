"""Decision records get their place in the chain of their case and a receipt; those that exist are chained as they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# Frozen here: what the first receipts were computed from (pathways/cases/deciding/receipts.py may go on).
_RECEIPT = """sha256(convert_to(ROW(encode({previous}, 'hex'), r.case_id, r.number, r."on" - DATE '2000-01-01', r.duty_line,
    r.trajectory_line, r.facts, r.duty_rule_set_hash, r.trajectory_rule_set_hash, r.cause, r.engine,
    extract(epoch FROM r.recorded_at), r.duty_rule_set_id, r.trajectory_rule_set_id, r.outcome, r.rule, r.rule_truths,
    r.possible, r.missing, r.components, r.obliged_since - DATE '2000-01-01', r.next_due_on - DATE '2000-01-01',
    r.next_due)::text, 'UTF8'))"""

# A row written twice in a transaction queues its deferred checks, and no table is altered while any wait: so at once.
CHAIN = f"""
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_decisionrecord DISABLE TRIGGER USER;
UPDATE cases_decisionrecord r SET number = n.number, duty_line = f.duty_line, trajectory_line = f.trajectory_line
FROM (SELECT id, row_number() OVER (PARTITION BY case_id ORDER BY id) AS number FROM cases_decisionrecord) n,
    cases_decisionrecord same JOIN cases_facts f ON f.case_id = same.case_id
WHERE n.id = r.id AND same.id = r.id;
UPDATE cases_decision d SET records = n.records
FROM (SELECT case_id, count(*) AS records FROM cases_decisionrecord GROUP BY case_id) n
WHERE n.case_id = d.case_id AND n.records <> d.records;
CREATE INDEX receipts_being_made ON cases_decisionrecord (number, case_id);
UPDATE cases_decisionrecord r SET receipt = {_RECEIPT.format(previous="NULL::bytea")} WHERE r.number = 1;
DO $$
DECLARE place int;
BEGIN
    FOR place IN SELECT generate_series(2, (SELECT max(number) FROM cases_decisionrecord)) LOOP
        UPDATE cases_decisionrecord r SET previous = p.receipt, receipt = {_RECEIPT.format(previous="p.receipt")}
        FROM cases_decisionrecord p WHERE r.number = place AND p.number = place - 1 AND p.case_id = r.case_id;
    END LOOP;
END $$;
DROP INDEX receipts_being_made;
ALTER TABLE cases_decisionrecord ENABLE TRIGGER USER;
"""  # noqa: S608  fixed text


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0005_days_added_to_terms")]

    operations: ClassVar = [
        migrations.AddField("decision", "records", models.IntegerField(default=1, db_default=1, editable=False)),
        migrations.AddField("decisionrecord", "number", models.IntegerField(null=True)),
        migrations.AddField("decisionrecord", "duty_line", models.CharField(max_length=2, null=True)),
        migrations.AddField(
            "decisionrecord", "trajectory_line", models.CharField(max_length=2, null=True, blank=True)
        ),
        migrations.AddField("decisionrecord", "previous", models.BinaryField(max_length=32, null=True)),
        migrations.AddField("decisionrecord", "receipt", models.BinaryField(max_length=32, null=True)),
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop),
        migrations.AlterField("decisionrecord", "number", models.IntegerField()),
        migrations.AlterField("decisionrecord", "duty_line", models.CharField(max_length=2)),
        migrations.AlterField("decisionrecord", "receipt", models.BinaryField(max_length=32)),
        migrations.RemoveIndex("decisionrecord", "decision_record_case"),
        migrations.AddConstraint(
            "decisionrecord", models.UniqueConstraint(fields=["case", "number"], name="decision_record_number_once")
        ),
    ]
