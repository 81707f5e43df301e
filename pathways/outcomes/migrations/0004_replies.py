"""What the office or the officer replies to an answer in a breach file."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0003_dismissals'),
    ]

    operations = [
        migrations.AddField(
            model_name='breachanswer',
            name='reply',
            field=models.TextField(blank=True, max_length=4000, verbose_name='what the office or the officer replies'),
        ),
    ]
