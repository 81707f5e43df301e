from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_case_export"),
    ]

    operations = [
        migrations.AddField(
            model_name="caseexport",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, help_text="How often a worker began to write it."),
        ),
        migrations.AddField(
            model_name="caseexport",
            name="heartbeat_at",
            field=models.DateTimeField(blank=True, help_text="Last sign of life of the worker.", null=True),
        ),
    ]
