"""The lines on which we are reached: each row is dated and sourced, and every plan can be left a message."""

import pytest
from pydantic import ValidationError

from domain.policy.callers import CallOpening, ContactLine, HasteSign
from domain.request.request import Channel
from tests.builders import pack

ROWS = (*pack().contact_line, *pack().haste_sign, *pack().call_opening)


@pytest.mark.parametrize("field", ["in_force_from", "source", "standing"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_without_its_date_its_source_or_its_standing_is_no_row(row, field):
    without = row.model_dump(exclude={field})

    with pytest.raises(ValidationError, match=field):
        type(row).model_validate(without)


def test_the_tables_are_there():
    assert {type(row) for row in ROWS} == {ContactLine, HasteSign, CallOpening}


def test_every_plan_has_a_line_on_which_a_message_may_be_left():
    for plan in pack().plan:
        assert any(not row.never_a_mailbox for row in pack().messages_of(plan).line), plan.id


def test_the_three_fax_lines_and_the_web_form_are_channels_of_receipt_at_any_hour():
    lines = {row.id: row for row in pack().contact_line}
    faxes = [row.at for row in lines.values() if row.channel is Channel.FAX]

    assert faxes == ["787-620-1336", "787-622-2434", "787-622-2436"]
    assert not any(row.opening for row in lines.values() if row.channel in {Channel.FAX, Channel.WEB_FORM})
    assert lines["caresource-web"].at == "www.caresource.com/es/MemberInquiry"


def test_collect_calls_are_taken_where_the_page_says_so():
    assert [row.id for row in pack().contact_line if row.collect] == ["caresource-um"]
