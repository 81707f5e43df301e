"""Facts: the days that suspensions, granted extensions and shifts add to each term."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_indexes_of_lists")]

    operations = [
        migrations.AddField("facts", f"extra_days_{code}", models.IntegerField(blank=True, null=True))
        for code in ("first_contact", "contract", "completion", "language_followup")
    ]
