"""Payment disputes as the desk opens and shows them."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.builders import ROOT
from tests.edges.installation import ago

EXAMPLES = ROOT / "examples"


PACIFIC = ZoneInfo("America/Los_Angeles")


def today():
    return datetime.now(UTC).astimezone(PACIFIC).date()


def a_dispute(installation, reference, **changes):
    """The sample dispute, received an hour ago, of a payment of last week."""
    told = {"produced_on": (today() - timedelta(days=7)).isoformat()}
    filing = json.loads((EXAMPLES / "dispute.json").read_text(encoding="utf-8"))
    papers = [{**paper, "file": None} for paper in filing["documents"]]
    fields = {"received_at": ago(timedelta(hours=1)), "reference": reference, "remittance": told}
    return installation.file(filing | fields | {"documents": papers} | changes, f"{reference}.json")


async def opened(installation, reference, **changes):
    file = a_dispute(installation, reference, **changes)
    answer = await installation.json("dispute", "submit", file, as_="ic-santos")
    assert answer["created"]
    return str(answer["case"])


async def shown(installation, case):
    return await installation.json("show", case)


async def refused(installation, *words, as_="da-torres"):
    """The one line with which a command is refused."""
    answer = await installation.plazo(*words, as_=as_)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), answer
    return answer.err.removeprefix("plazo: ")
