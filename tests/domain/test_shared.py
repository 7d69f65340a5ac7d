"""Cases that live by the same policy hold one value of it, and not a copy each."""

import gc

from domain.policy.case_policy import CasePolicy
from domain.terms.frozen import _SHARED
from tests.builders import policy


def test_a_policy_that_is_read_twice_is_one_value_and_as_it_was_written():
    said = policy().model_dump_json()

    first, second = (CasePolicy.model_validate_json(said) for _ in range(2))

    assert first is second
    assert first == CasePolicy.model_validate(policy().model_dump())
    assert first.model_dump_json() == said


def test_policies_that_differ_stay_apart():
    changed = policy().model_copy(update={"content_hash": "of another pack"})

    first, second = (CasePolicy.model_validate_json(one.model_dump_json()) for one in (policy(), changed))

    assert (first.content_hash, second.content_hash) == (policy().content_hash, "of another pack")


def test_a_policy_by_which_no_case_lives_any_more_is_let_go():
    said = policy().model_copy(update={"content_hash": "of a pack long gone"}).model_dump_json()
    held = CasePolicy.model_validate_json(said)
    known = len(_SHARED)

    del held
    gc.collect()

    assert len(_SHARED) < known
