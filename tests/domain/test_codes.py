"""Coded values: a good form, in one writing. Whether a code exists, tables and people decide."""

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.terms.codes import ICD10, NPI, ServiceCode, normal_icd10, npi_check_digit_is_right

FORMS = [
    # kind, as written, as kept (None: refused)
    (ICD10, "M54.16", "M54.16"),
    (ICD10, " m54.16 ", "M54.16"),
    (ICD10, "M5416", "M5416"),
    (ICD10, "I10", "I10"),
    (ICD10, "C7A.021", "C7A.021"),
    (ICD10, "M1A.0110", "M1A.0110"),
    (ICD10, "S72.001A", "S72.001A"),
    (ICD10, "U07.1", "U07.1"),
    (ICD10, "M5", None),
    (ICD10, "M54.", None),
    (ICD10, "M54.16123", None),
    (ICD10, "54.16", None),
    (ICD10, "M54-16", None),
    (ICD10, "", None),
    (ServiceCode, "72148", "72148"),
    (ServiceCode, "e0250", "E0250"),
    (ServiceCode, "0042T", "0042T"),
    (ServiceCode, "0001F", "0001F"),
    (ServiceCode, "0001U", "0001U"),
    (ServiceCode, "V5010", "V5010"),
    (ServiceCode, "W0001", None),
    (ServiceCode, "7214", None),
    (ServiceCode, "721488", None),
    (ServiceCode, "E025", None),
    (ServiceCode, "72148-26", None),
    (ServiceCode, "٧٢١٤٨", None),  # digits, but not those of a code
    (NPI, "1234567893", "1234567893"),
    (NPI, "123456789", None),
    (NPI, "12345678931", None),
    (NPI, "12345-6789", None),
    (NPI, "١٢٣٤٥٦٧٨٩٣", None),
]


@pytest.mark.parametrize(("kind", "written", "kept"), FORMS)
def test_a_code_is_well_formed_or_refused(kind, written, kept):
    code = TypeAdapter(kind)

    if kept is None:
        with pytest.raises(ValidationError, match="is not a well-formed"):
            code.validate_python(written)
    else:
        assert code.validate_python(written) == kept


@pytest.mark.parametrize(
    ("npi", "right"),
    [("1234567893", True), ("1234567890", False), ("1234567983", False), ("1245319599", True)],
)
def test_a_wrong_check_digit_of_an_npi_is_seen(npi, right):
    assert npi_check_digit_is_right(npi) is right


@pytest.mark.parametrize(
    ("written", "printed"), [("M5416", "M54.16"), ("M54.16", "M54.16"), ("I10", "I10"), ("C7A021", "C7A.021")]
)
def test_a_diagnosis_is_printed_with_its_dot(written, printed):
    assert normal_icd10(written) == printed


def test_a_refused_code_is_quoted_only_in_part():
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(ServiceCode).validate_python("Ana Rivera, born 1957-04-02, wants an MRI")

    assert "1957" not in refused.value.errors()[0]["msg"]
