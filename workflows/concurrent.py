"""Concurrent review: from the notice of an admission to the day on which the stay is over.

1. *Notified*, or asked to go on: each stretch of days is a line, reviewed as any request is, on the clock of its
   own receipt (42 CFR 422.566(b)(3) and (b)(4), 422.572(a); 29 CFR 2560.503-1(f)(2)(ii); NCQA UM 5).
2. *Day N approved*: the authorization of the stay grows. Before the last approved day somebody looks again; where
   nobody does, nothing ends, the plan goes on owing, and a supervisor hears of it.
3. *Terminating*: a clinician proposes an end, and its notice comes first (42 CFR 422.624, 422.620; 431.211). The
   QIO may be asked, in time or late (422.626, 422.622); our explanation is due on the day on which it tells us.
4. *Ended* by discharge, or on the last covered day of a notice that was delivered. What was denied may be appealed.
"""

from temporalio import workflow

from activities.opening import Opening
from domain.concurrent import acts, qio
from domain.concurrent.concurrent import Concurrent
from workflows.acts.hearing import hears
from workflows.review import Review
from workflows.running.lasting import to_its_end


@workflow.defn(name="Concurrent")
class ConcurrentWorkflow(Review[Concurrent]):
    @workflow.run
    @to_its_end
    async def run(self, opening: Opening) -> str:
        return await self.story(opening, Concurrent)

    ask_more = hears("ask_more", acts.AskMore, "The stay is to go on")
    end_coverage = hears("end_coverage", acts.EndCoverage, "Propose that coverage ends")
    go_on = hears("go_on", acts.GoOn, "Take a proposed end back")
    give_notice = hears("give_notice", acts.GiveNotice, "Record that a notice was given")
    ask_qio = hears("ask_qio", qio.AskQio, "Record that the QIO was asked")
    answer_of_qio = hears("answer_of_qio", qio.AnswerOfQio, "Record what the QIO decided")
    continue_benefits = hears("continue_benefits", acts.ContinueBenefits, "Benefits go on meanwhile")
    discharge = hears("discharge", acts.Discharge, "The member left")
