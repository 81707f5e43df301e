"""Own facts in a list: a heading by name or label, a value per person, checked like any other."""

from __future__ import annotations

import pytest

from pathways.cases.models import FactChange, Facts
from pathways.programmes.models import OwnFact
from pathways.registrations.models import ListRow

pytestmark = pytest.mark.django_db
HEAD = "last_name;first_names;birth_date;nationality;municipality;register;Huisvesting;own_children"


@pytest.fixture
def own_facts(db):
    labels = {"en": "Housing", "nl": "Huisvesting", "fr": "Logement", "de": "Wohnung"}
    choices = [{"code": code, "label": dict.fromkeys(labels, code.title())} for code in ("rented", "owned")]
    given = {"programmes": ["flanders-inburgering"], "labels": labels}
    OwnFact.objects.create(code="housing", type="choice", choices=choices, **given)
    OwnFact.objects.create(code="children", type="int", **given)
    OwnFact.objects.create(code="secret", type="int", recorded_by="team_lead", **given)


def text(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def test_new_people_get_their_own_facts(own_facts, upload, run, ghent):
    run(upload(text("Haddad;Ali;02/01/1990;SY;Gent;foreigners;Rented;2")))
    assert Facts.objects.get().own == {"own_housing": "rented", "own_children": 2}
    assert FactChange.objects.get().changes["own_housing"] == [None, "rented"]


def test_known_people_are_updated(own_facts, upload, run, ghent):
    head = f"national_number;{HEAD}"
    run(upload(text("85073003328;Amrani;Nour;1985-07-30;MA;Gent;foreigners;Rented;2", head=head)))
    run(upload(text("85073003328;Amrani;Nour;1985-07-30;MA;Gent;foreigners;Owned;2", head=head)))
    assert Facts.objects.get().own == {"own_housing": "owned", "own_children": 2}


def test_an_answer_that_is_not_in_the_list_is_refused(own_facts, upload):
    one = upload(text("Haddad;Ali;02/01/1990;SY;Gent;foreigners;Tent;2"))
    (row,) = ListRow.objects.filter(list_import=one)
    assert [problem["code"] for problem in row.problems] == ["choice_unknown"]


def test_what_only_team_leads_record_is_no_column(own_facts, upload, ghent):
    head = "last_name;first_names;birth_date;municipality;own_secret"
    one = upload(text("Haddad;Ali;02/01/1990;Gent;3", head=head))
    assert one.headings[-1]["column"] is None
