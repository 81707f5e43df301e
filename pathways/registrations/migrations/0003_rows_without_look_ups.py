"""Rows of a list are not looked up again key by key, and its file is kept as it is: both took time, neither gained any."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_first"),
        ("registrations", "0002_names_of_rows"),
    ]

    operations = [
        migrations.AlterField(
            model_name="listrow",
            name="list_import",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="registrations.listimport",
            ),
        ),
        migrations.AlterField(
            model_name="listrow",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        # The file lies there for some seconds: compressing it takes longer than writing it.
        migrations.RunSQL(
            "ALTER TABLE registrations_listimport ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE registrations_listimport ALTER COLUMN content SET STORAGE EXTENDED",
        ),
    ]
