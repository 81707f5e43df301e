"""Versions older than the key `transition` meant `new_starts`: their documents now say so. Their hashes stay as they are."""

from typing import ClassVar

from django.db import migrations

ADD = """
ALTER TABLE programmes_ruleset DISABLE TRIGGER USER;
UPDATE programmes_ruleset SET content = content || '{"transition": {"policy": "new_starts"}}'
WHERE NOT content ? 'transition';
ALTER TABLE programmes_ruleset ENABLE TRIGGER USER;
"""
REMOVE = """
ALTER TABLE programmes_ruleset DISABLE TRIGGER USER;
UPDATE programmes_ruleset SET content = content - 'transition';
ALTER TABLE programmes_ruleset ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Immutability waits for this one change: it writes down what was meant, and decides nothing otherwise."""

    dependencies: ClassVar = [("programmes", "0002_drafts")]
    operations: ClassVar = [migrations.RunSQL(ADD, REMOVE)]
