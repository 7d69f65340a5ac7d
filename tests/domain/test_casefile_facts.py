"""What a case file says of a form: every field that holds something, and no other."""

from domain.casefile.facts import groups_of
from domain.terms.frozen import Frozen
from domain.terms.tongue import Tongue
from tests.builders import policy


class Sheet(Frozen):
    reference: str = "4471"
    remark: str = ""
    member: str | None = None
    codes: tuple[str, ...] = ()
    units: int = 0
    emergency: bool = False
    documents: tuple[str, ...] = ("sha",)


def test_what_is_empty_is_left_out_and_a_zero_or_a_no_is_an_answer():
    [group] = groups_of(Sheet(), "Request", Tongue(calendar=policy().calendar))

    assert [label for label, _ in group.facts] == ["reference", "units", "emergency"]
