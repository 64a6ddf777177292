import pytest

from pawfile.accounts.models import Role, User
from pawfile.lib.prepared import Prepared, Slot, words
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_prepared_query_is_asked_again_with_other_values() -> None:
    sam, mona = make_user(Role.SITTER, "Sam"), make_user(Role.MANAGER, "Mona")
    users = User.objects.get_queryset().filter(pk__in=[Slot("one"), Slot("two")])
    named = users.filter(role=Slot("role")).order_by("pk").values_list(words("user"), "pk", "name")
    query = Prepared(named)
    both = {"one": sam.pk, "two": mona.pk}
    assert query.rows({**both, "role": "sitter"}) == [("user", sam.pk, "Sam")]
    assert query.rows({**both, "role": "manager"}) == [("user", mona.pk, "Mona")]
    assert query.rows({"one": sam.pk, "two": 0, "role": "manager"}) == []


def test_a_value_is_no_sql() -> None:
    make_user(Role.SITTER, "Sam")
    query = Prepared(User.objects.sitters().filter(name=Slot("name")).values_list("name"))
    assert query.rows({"name": "' OR 1=1 --"}) == []
    assert query.rows({"name": "Sam"}) == [("Sam",)]
