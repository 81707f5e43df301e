
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_first'),
        ('programmes', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('act', models.CharField(help_text='What is done with each: a name of pathways.notices.hooks.', max_length=40)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('language', models.CharField(max_length=5)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Under way'), ('done', 'Done'), ('failed', 'Stopped by an error')], default='waiting', max_length=8)),
                ('items_total', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='How often a worker began.')),
                ('heartbeat_at', models.DateTimeField(blank=True, help_text='Last sign of life of the worker.', null=True)),
                ('on', models.DateField()),
                ('requested_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('document', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letter_job', to='documents.document')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='letter_jobs', to='programmes.office')),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter_jobs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('case_reference', models.CharField(blank=True, max_length=24, verbose_name='case')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('recipient_name', models.CharField(max_length=250, verbose_name='recipient')),
                ('recipient_address', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='address')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('channel', models.CharField(choices=[('post', 'Post'), ('registered', 'Registered post'), ('email', 'E-mail')], max_length=10, verbose_name='way')),
                ('state', models.CharField(choices=[('draft', 'To be approved'), ('approved', 'To be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('cancelled', 'Cancelled')], max_length=10, verbose_name='state')),
                ('registered_number', models.CharField(blank=True, max_length=40, verbose_name='registered-letter number')),
                ('dedupe_key', models.CharField(max_length=160, unique=True)),
                ('needs_approval', models.BooleanField(default=False, help_text='A team lead approves it before it is sent.')),
                ('automatic', models.BooleanField(default=False, help_text="By e-mail it leaves without anybody's act: a reminder.")),
                ('failure', models.CharField(blank=True, help_text='Why the last attempt to send it failed.', max_length=300)),
                ('prepared_on', models.DateField(verbose_name='written')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='approved')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='sent')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='cancelled')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='documents.document')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='programmes.office')),
                ('prepared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(blank=True, help_text='That sent it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='notices.letterjob')),
            ],
        ),
        migrations.CreateModel(
            name='LetterJobItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('subject', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('claimed', 'Being sent'), ('done', 'Done'), ('refused', 'Not done'), ('doubtful', 'Not certain')], default='waiting', max_length=8)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('job', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='notices.letterjob')),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='notices.letter')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.AddIndex(
            model_name='letterjob',
            index=models.Index(fields=['office', '-id'], name='letter_job_office'),
        ),
        migrations.AddIndex(
            model_name='letterjob',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='letter_job_under_way'),
        ),
        migrations.AddConstraint(
            model_name='letterjob',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='letter_job_state'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['office', '-id'], name='letter_office'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['office', 'state', '-id'], name='letter_office_state'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('case_reference', ''), _negated=True), fields=['case_reference'], name='letter_case'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('automatic', True), ('channel', 'email'), ('state', 'approved')), fields=['id'], name='letter_automatic'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'approved', 'sending', 'sent', 'cancelled'])), name='letter_state'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['post', 'registered', 'email'])), name='letter_channel'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'email'), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='letter_email_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('registered_number', ''), ('channel', 'registered'), _connector='OR'), name='letter_number_of_registered'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), ('needs_approval', False), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='letter_approved_where_needed', violation_error_message='A team lead approves this letter first.'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_on__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_on__isnull', True)), _connector='OR'), name='letter_sent_has_day'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_on__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_on__isnull', True)), _connector='OR'), name='letter_cancelled_has_day'),
        ),
        migrations.AddConstraint(
            model_name='letterjobitem',
            constraint=models.UniqueConstraint(fields=('job', 'position'), name='letter_job_item_place'),
        ),
        migrations.AddConstraint(
            model_name='letterjobitem',
            constraint=models.UniqueConstraint(fields=('job', 'subject'), name='letter_job_item_once'),
        ),
        migrations.AddConstraint(
            model_name='letterjobitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'claimed', 'done', 'refused', 'doubtful'])), name='letter_job_item_state'),
        ),
    ]
