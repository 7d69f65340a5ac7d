"""Which diagnoses there are: the codes of ICD-10-CM, and no others."""

import pytest

from tests.sampling import PROVE
from worker.adapters.tables import Icd10Tables


@pytest.fixture(scope="module")
def tables():
    return Icd10Tables()


@pytest.mark.parametrize("code", ["M54.16", "M5416", "R91", "R91.1", "S72.001A", "S72.001", "Z99.89"])
def test_a_code_and_a_heading_over_codes_are_known_with_their_dot_or_without(tables, code):
    assert tables.knows(code)


@pytest.mark.parametrize("code", ["", "M54.99", "Q99.99", "S72.001Z", "lung"])
def test_what_is_no_code_is_not_known(tables, code):
    assert not tables.knows(code)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.skipif(not PROVE, reason="building the package's whole tree takes seconds; PLAZO_PROVE=1 does")
def test_the_list_names_every_code_of_the_packages_own_tree_and_nothing_else(tables):
    import simple_icd_10_cm  # noqa: PLC0415

    tree = {code.replace(".", "") for code in simple_icd_10_cm.get_all_codes()}
    assert tables._codes == tree
