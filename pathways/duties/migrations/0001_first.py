"""Requests on a ground and the ledger of each term, with the wall that makes its rows add up."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from pathways.duties.walls import LEDGER_ADDS_UP, REMOVE


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0005_days_added_to_terms'),
        ('documents', '0001_first'),
        ('programmes', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GroundRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('ground', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('exemption', 'Exemption'), ('suspension', 'Suspension'), ('postponement', 'Postponement')], max_length=14, verbose_name='kind')),
                ('state', models.CharField(choices=[('requested', 'To be decided'), ('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('ended', 'Ended')], default='requested', max_length=10, verbose_name='state')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='period')),
                ('term_days', models.PositiveIntegerField(blank=True, null=True)),
                ('stops_terms', models.BooleanField(blank=True, null=True)),
                ('asked_by', models.CharField(choices=[('person', 'The person'), ('office', 'The office')], default='person', max_length=6, verbose_name='asked by')),
                ('explanation', models.TextField(blank=True, max_length=2000, verbose_name='explanation')),
                ('requested_on', models.DateField()),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ground_requests', to='cases.case')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('renews', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='duties.groundrequest')),
                ('requested_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rule_set', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.ruleset')),
            ],
        ),
        migrations.CreateModel(
            name='GroundEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='duties.groundrequest')),
            ],
        ),
        migrations.CreateModel(
            name='TermEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('kind', models.CharField(choices=[('extension', 'Extension'), ('suspension', 'Suspension'), ('shift', 'Next working day'), ('correction', 'Correction')], max_length=10)),
                ('days', models.IntegerField()),
                ('corrects', models.CharField(blank=True, choices=[('extension', 'Extension'), ('suspension', 'Suspension'), ('shift', 'Next working day'), ('correction', 'Correction')], max_length=10)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True)),
                ('law', models.JSONField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='term_entries', to='cases.case')),
                ('document', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('granted_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='duties.groundrequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='groundrequest',
            index=models.Index(fields=['case', 'state'], name='ground_request_case'),
        ),
        migrations.AddIndex(
            model_name='groundrequest',
            index=models.Index(condition=models.Q(('state', 'requested')), fields=['requested_on'], name='ground_request_open'),
        ),
        migrations.AddIndex(
            model_name='groundrequest',
            index=models.Index(models.Func(models.F('period'), function='upper'), condition=models.Q(('state', 'granted')), name='ground_request_ends'),
        ),
        migrations.AddConstraint(
            model_name='groundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['exemption', 'suspension', 'postponement'])), name='ground_request_kind'),
        ),
        migrations.AddConstraint(
            model_name='groundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'granted', 'refused', 'withdrawn', 'ended'])), name='ground_request_state'),
        ),
        migrations.AddConstraint(
            model_name='groundrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'suspension'), _negated=True), models.Q(('period__isnull', False), models.Q(('period__isempty', True), ('period__endswith__isnull', False), _connector='OR')), _connector='OR'), name='ground_request_suspension_ends', violation_error_message='A suspension needs a first and a last day.'),
        ),
        migrations.AddConstraint(
            model_name='groundrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'refused', 'ended']), _negated=True), models.Q(('decided_on__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='ground_request_decided_with_reason', violation_error_message='A decision needs a reason.'),
        ),
        migrations.AddConstraint(
            model_name='groundrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('case', 'ground'), name='ground_request_open_once', violation_error_message='This was already asked and is not decided yet.'),
        ),
        migrations.AddConstraint(
            model_name='groundrequest',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'suspension'), ('period__isempty', False), ('state__in', ['granted', 'ended'])), expressions=[(models.Func(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('case_id'), '*', models.Value(10000000, output_field=models.BigIntegerField())), '+', models.Func(models.F('period'), output_field=models.BigIntegerField(), template="(lower(%(expressions)s) - DATE '1900-01-01')")), django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('case_id'), '*', models.Value(10000000, output_field=models.BigIntegerField())), '+', models.Func(models.F('period'), output_field=models.BigIntegerField(), template="(upper(%(expressions)s) - DATE '1900-01-01')")), function='int8range', output_field=models.Field()), '&&')], name='suspensions_no_overlap', violation_error_message='Two suspensions of a case may not overlap.'),
        ),
        migrations.AddIndex(
            model_name='termentry',
            index=models.Index(fields=['case', 'code', 'id'], name='term_entry_case'),
        ),
        migrations.AddConstraint(
            model_name='termentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ('first_contact', 'contract', 'completion', 'language_followup'))), name='term_entry_code'),
        ),
        migrations.AddConstraint(
            model_name='termentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['extension', 'suspension', 'shift', 'correction'])), name='term_entry_kind'),
        ),
        migrations.AddConstraint(
            model_name='termentry',
            constraint=models.CheckConstraint(condition=models.Q(('days', 0), _negated=True), name='term_entry_says_something'),
        ),
        migrations.AddConstraint(
            model_name='termentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'extension'), _negated=True), ('days__gt', 0), _connector='OR'), name='term_entry_extends'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='termentry',
            trigger=pgtrigger.compiler.Trigger(name='term_entry_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7bd26c117a4bb2a7ffd332ec94c400cc689630f5', operation='UPDATE OR DELETE', pgid='pgtrigger_term_entry_append_only_78690', table='duties_termentry', when='BEFORE')),
        ),
        migrations.RunSQL(LEDGER_ADDS_UP, REMOVE),
    ]
