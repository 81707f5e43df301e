"""Proposals of breach files that somebody has set aside, with the reason."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_own_facts'),
        ('outcomes', '0002_answers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BreachDismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(choices=[('not_reported', 'Did not report to the office'), ('not_signed', 'Did not sign the contract'), ('irregular', 'Attends irregularly'), ('stopped_early', 'Stopped early'), ('not_completed', 'Did not complete the pathway in time')], max_length=14, verbose_name='duty')),
                ('due_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('until', models.DateField(blank=True, null=True, verbose_name='look again on')),
                ('on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='breach_dismissals', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'duty'], name='breach_dismissal_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('duty__in', ['not_reported', 'not_signed', 'irregular', 'stopped_early', 'not_completed'])), name='breach_dismissal_duty'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='breach_dismissal_has_reason', violation_error_message='Say why no file is opened.'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('on')), _connector='OR'), name='breach_dismissal_looks_ahead', violation_error_message='Choose a day to come.')],
            },
        ),
    ]
