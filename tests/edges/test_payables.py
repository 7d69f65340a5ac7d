"""Instructions to pay as the claims system takes them: one file for each, written once, whole or not at all."""

import json
from datetime import UTC, datetime

import pytest

from config import files
from domain.parts.payment import PaidAmount, Payment
from worker.adapters.payables import PaymentFolder

PAYMENT = Payment(
    key="DIS-2222-2222-2222-pay-1",
    claim="CLM-20370401",
    payee="Bayview Group",
    npi="1000000079",
    tax_id="95-2000001",
    level=1,
    lines=(PaidAmount(line=1, service="99213", amount="120.00"),),
    amount="120.00",
    interest="0.99",
    interest_rule="namm-sample-interest",
    total="120.99",
    instructed_at=datetime(2037, 5, 31, 19, tzinfo=UTC),
)


@pytest.fixture
def folder(tmp_path):
    return PaymentFolder(tmp_path / "payments")


@pytest.mark.usefixtures("a_slow_disk")
async def test_an_instruction_is_written_once_with_amounts_as_text(folder):
    proof = await folder.instruct(PAYMENT)
    again = await folder.instruct(PAYMENT)

    [path] = folder.folder.iterdir()
    content = json.loads(path.read_text())
    assert (path.name, proof) == (f"{PAYMENT.key}.json", again)
    assert (content["total"], content["lines"][0]["amount"]) == ("120.99", "120.00")
    assert proof.startswith(f"{path.name} sha256:")
    assert path.stat().st_mode & 0o077 == 0


async def test_nothing_is_written_over_an_instruction_that_lies_there(folder):
    first = await folder.instruct(PAYMENT)
    second = await folder.instruct(PAYMENT.model_copy(update={"total": "999.00"}))

    [path] = folder.folder.iterdir()
    assert first == second
    assert json.loads(path.read_text())["total"] == "120.99"


async def test_a_full_disk_leaves_no_half_instruction_and_the_next_try_writes_it(folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(files.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            await folder.instruct(PAYMENT)
    assert list(folder.folder.iterdir()) == []

    await folder.instruct(PAYMENT)
    assert len(list(folder.folder.iterdir())) == 1
