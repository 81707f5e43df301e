"""Indexes for lists and search: decisions and search words repeat what is asked of their case."""

import datetime as dt

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce

REPEAT = """UPDATE cases_decision d SET office_id = c.office_id, counselor_id = c.counselor_id, programme = c.programme,
    sort_name = c.sort_name, opened_on = c.opened_on, is_open = c.closed_on IS NULL
FROM cases_case c WHERE c.id = d.case_id"""

REPEAT_OFFICE = "UPDATE cases_searchword w SET office_id = c.office_id FROM cases_case c WHERE c.id = w.case_id"

FILTERED = ("closed_on", "programme", "counselor")


def copy(model: str) -> models.Field:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_export_heartbeat"),
        ("programmes", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("decision", "office", copy("programmes.office")),
        migrations.AddField("decision", "counselor", copy(settings.AUTH_USER_MODEL)),
        migrations.AddField("decision", "programme", models.CharField(editable=False, max_length=40, null=True)),
        migrations.AddField(
            "decision", "sort_name", models.CharField(default="", editable=False, max_length=250), preserve_default=False
        ),
        migrations.AddField(
            "decision",
            "opened_on",
            models.DateField(default=dt.date(1970, 1, 1), editable=False),
            preserve_default=False,
        ),
        migrations.AddField("decision", "is_open", models.BooleanField(default=True, editable=False)),
        migrations.RunSQL(REPEAT, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="decision", name="decision_next_due"),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                models.F("office"),
                models.F("is_open"),
                Coalesce("next_due_on", models.Value(dt.date(9999, 12, 31))),
                models.F("case"),
                include=("programme", "counselor"),
                name="decision_office_due",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["office", "is_open", "outcome", "sort_name", "case"], name="decision_office_outcome"
            ),
        ),
        migrations.AddField("searchword", "office", copy("programmes.office")),
        migrations.RunSQL(REPEAT_OFFICE, migrations.RunSQL.noop),
        migrations.RemoveIndex("searchword", "search_word_prefix"),
        migrations.AddIndex(
            "searchword",
            models.Index(
                fields=["office", "word", "case"],
                name="search_word_prefix",
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.RemoveIndex("case", "case_office_name"),
        migrations.RemoveIndex("case", "case_office_opened"),
        migrations.AddIndex(
            "case", models.Index(fields=["office", "sort_name", "id"], include=FILTERED, name="case_office_name")
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["office", "-opened_on", "-id"], include=FILTERED, name="case_office_opened")
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='copies_follow_case', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."counselor_id" IS DISTINCT FROM (NEW."counselor_id") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on") OR OLD."programme" IS DISTINCT FROM (NEW."programme") OR OLD."sort_name" IS DISTINCT FROM (NEW."sort_name"))', func='UPDATE cases_decision SET office_id = NEW.office_id, counselor_id = NEW.counselor_id, programme = NEW.programme, sort_name = NEW.sort_name, opened_on = NEW.opened_on, is_open = NEW.closed_on IS NULL WHERE case_id = NEW.id;\n        IF NEW.office_id IS DISTINCT FROM OLD.office_id THEN\n            UPDATE cases_searchword SET office_id = NEW.office_id WHERE case_id = NEW.id;\n        END IF;\n        RETURN NULL;', hash='31a8a78d02a267d77aa094bed73922bb30981633', operation='UPDATE', pgid='pgtrigger_copies_follow_case_140c0', table='cases_case', when='AFTER')),
        ),
    ]
