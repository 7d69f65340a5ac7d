"""What people do with other coverage: tell the facts, receive the same again, leave it unknown."""

from collections.abc import Iterator
from datetime import datetime

from domain.case.acts import Act
from domain.cob.cob import CoordinationOfBenefits
from domain.cob.learned import Learned, not_one_of_ours, ours
from domain.desk.received_again import ReceiveAgain, again_by
from domain.payers.family import Family
from domain.terms.refusals import Refused

OTHER_FACTS = "learned of again with other facts: compare them, and tell the case which are right"


class TellFacts(Act[CoordinationOfBenefits]):
    """How it is, as the member or somebody else said: the whole of the facts, in the place of those before."""

    act_name = "coordinate benefits"
    family: Family

    def check(self, case: CoordinationOfBenefits, now: datetime) -> None:
        if wrong := not_one_of_ours(self.family):
            raise Refused(wrong)
        if ours(self.family) != ours(case.family):
            raise Refused(f"coverages: ours is called {ours(case.family)} in this case")
        if self.family.born != case.family.born:
            raise Refused("born: it is another day than that of this member")

    def apply(self, case: CoordinationOfBenefits, now: datetime) -> str:
        case.facts_told(self.family, self.happened_at(now), now, self.actor)
        return case.status.in_a_sentence


class LeaveUnknown(Act[CoordinationOfBenefits]):
    """Nobody finds out who pays first, and the case is over."""

    act_name = "coordinate benefits"

    def check(self, case: CoordinationOfBenefits, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} knows who pays first: {case.status.in_a_sentence}")
        if not self.reason:
            raise Refused("because: say why nobody can find out", "plan policy, assumed")

    def apply(self, case: CoordinationOfBenefits, now: datetime) -> str:
        case.leave_unknown(self.happened_at(now), now, self.actor, self.reason)
        return case.status.in_a_sentence


class LearnAgain(ReceiveAgain[CoordinationOfBenefits]):
    """It was learned of again. What it says otherwise is compared by a person: an answer is not overwritten."""

    learned: Learned

    @property
    def received_at(self) -> datetime:
        return self.learned.received_at

    @property
    def words(self) -> str:
        return f"learned of {again_by(self.learned.channel, 'sender')}"

    def follow(self, case: CoordinationOfBenefits, now: datetime) -> Iterator[str]:
        if self.learned.family != case.family:
            case.need("coverage", OTHER_FACTS, now)
            yield OTHER_FACTS
        yield from self.attach(case, self.learned.documents, now)
