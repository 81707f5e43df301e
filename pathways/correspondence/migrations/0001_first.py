"""Messages, corrections asked for and changes reported, with their papers."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0005_days_added_to_terms'),
        ('documents', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='text')),
                ('asked_on', models.DateField(verbose_name='asked')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('address', 'Address'), ('work', 'Work'), ('phone', 'Phone'), ('email', 'E-mail address')], max_length=7, verbose_name='kind')),
                ('values', models.JSONField()),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('state', models.CharField(choices=[('asked', 'To be looked at'), ('accepted', 'Accepted'), ('refused', 'Not accepted'), ('withdrawn', 'Withdrawn')], default='asked', max_length=9, verbose_name='state')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='change_reports', to='cases.case')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fact_change', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.factchange')),
            ],
        ),
        migrations.CreateModel(
            name='ChangePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='correspondence.changereport')),
            ],
        ),
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='text')),
                ('asked_on', models.DateField(verbose_name='asked')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('about', models.CharField(choices=[('fact', 'A fact'), ('identity', 'Name or number'), ('deadline', 'A date'), ('decision', 'The decision')], max_length=8, verbose_name='about')),
                ('code', models.CharField(blank=True, max_length=64)),
                ('shown', models.JSONField(blank=True, null=True)),
                ('state', models.CharField(choices=[('asked', 'To be answered'), ('corrected', 'Corrected'), ('kept', 'Stays as it is'), ('withdrawn', 'Withdrawn')], default='asked', max_length=9, verbose_name='state')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='correction_requests', to='cases.case')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fact_change', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.factchange')),
            ],
        ),
        migrations.CreateModel(
            name='CorrectionPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='correspondence.correctionrequest')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('side', models.CharField(choices=[('person', 'Newcomer'), ('office', 'Office')], max_length=6)),
                ('author_role', models.CharField(max_length=30)),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='text')),
                ('written_on', models.DateField()),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.case')),
                ('change', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='correspondence.changereport')),
                ('correction', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='correspondence.correctionrequest')),
                ('read_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MessagePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='correspondence.message')),
            ],
        ),
        migrations.CreateModel(
            name='MessageTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('text', models.TextField()),
                ('engine', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='correspondence.message')),
            ],
        ),
        migrations.AddIndex(
            model_name='changereport',
            index=models.Index(fields=['case', '-id'], name='change_report_case'),
        ),
        migrations.AddIndex(
            model_name='changereport',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['case', 'asked_on'], name='change_report_open'),
        ),
        migrations.AddConstraint(
            model_name='changereport',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['address', 'work', 'phone', 'email'])), name='change_report_kind'),
        ),
        migrations.AddConstraint(
            model_name='changereport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'accepted', 'refused', 'withdrawn'])), name='change_report_state'),
        ),
        migrations.AddConstraint(
            model_name='changereport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'refused']), _negated=True), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='change_report_decided'),
        ),
        migrations.AddConstraint(
            model_name='changereport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='change_report_refusal_has_reason', violation_error_message='A refusal needs a reason.'),
        ),
        migrations.AddConstraint(
            model_name='changereport',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('since__lte', models.F('asked_on')), _connector='OR'), name='change_report_has_happened', violation_error_message='This day is in the future.'),
        ),
        migrations.AddConstraint(
            model_name='changereport',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('case', 'kind'), name='change_report_open_once', violation_error_message='This was already reported and is not looked at yet.'),
        ),
        migrations.AddIndex(
            model_name='correctionrequest',
            index=models.Index(fields=['case', '-id'], name='correction_request_case'),
        ),
        migrations.AddIndex(
            model_name='correctionrequest',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['case', 'asked_on'], name='correction_request_open'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['fact', 'identity', 'deadline', 'decision'])), name='correction_request_about'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'decision'), ('code', '')), models.Q(models.Q(('about', 'decision'), _negated=True), models.Q(('code', ''), _negated=True)), _connector='OR'), name='correction_request_names_its_subject'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'corrected', 'kept', 'withdrawn'])), name='correction_request_state'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='correction_request_text_given'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['corrected', 'kept']), _negated=True), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='correction_request_answer_has_reason', violation_error_message='An answer needs a reason.'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('case', 'about', 'code'), name='correction_request_open_once', violation_error_message='This was already asked and is not answered yet.'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['case', '-id'], name='message_case'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('settled_on', None), ('side', 'person')), fields=['case', 'written_on'], name='message_to_answer'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('read_at', None), ('side', 'office')), fields=['case'], name='message_unread'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('side', 'office'), ('told_at', None)), fields=['written_at'], name='message_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['person', 'office'])), name='message_side'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('correction__isnull', False), ('change__isnull', False), _connector='OR'), name='message_text_given', violation_error_message='A message needs a text.'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('settled_on__isnull', True), ('side', 'person'), _connector='OR'), name='message_settled_is_of_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cc616a1dcc0f947991759be34e68575629b3d7e8', operation='DELETE', pgid='pgtrigger_message_stays_97550', table='correspondence_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."author_role" IS DISTINCT FROM (NEW."author_role") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."correction_id" IS DISTINCT FROM (NEW."correction_id") OR OLD."change_id" IS DISTINCT FROM (NEW."change_id") OR OLD."written_on" IS DISTINCT FROM (NEW."written_on") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7107864b2f69e29e4a31a8c6fa3469b9bee9b2c9', operation='UPDATE', pgid='pgtrigger_message_as_written_a79fa', table='correspondence_message', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='messagetranslation',
            constraint=models.UniqueConstraint(fields=('message', 'language'), name='message_translation_once'),
        ),
    ]
