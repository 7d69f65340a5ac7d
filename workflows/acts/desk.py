"""What people may do with a case of any kind. The rules of each act stand with it in the room `domain/desk`."""

from collections.abc import Collection, Coroutine
from typing import Any

from activities.admission import Admitted
from activities.likenesses import ToldOfLike
from domain.case import sensitive
from domain.desk import (
    absence_acts,
    calls,
    delivery,
    desk,
    dispatch,
    file_made,
    holds,
    likeness,
    misfiled,
    notes,
    row_correction,
    stop_notice,
    tolls,
)
from domain.terms.people import SYSTEM
from workflows.acts.hearing import hears
from workflows.running import steps
from workflows.running.casework import C, Casework, now


class Alikes(Casework[C]):
    """A case that may look like others: each names the other, and people tell them apart."""

    def take_in(self, case: C, admitted: Admitted, linked: Collection[str] = ()) -> C:
        """The case is there for people; what looks like it is flagged here at once, and there when it is told."""
        case.to_tell = list(admitted.looks_like(linked))
        likeness.looks_like(case, {other.case: other.likeness for other in case.to_tell}, now())
        self.case = case
        return case

    def keepers(self) -> list[Coroutine[Any, Any, None]]:
        return [*super().keepers(), self._tell_its_like()]

    async def _tell_its_like(self) -> None:
        case = self.admitted
        while case.to_tell:
            other = case.to_tell[0]
            words = other.likeness.model_copy(update={"words": other.shared})
            act = likeness.FoundAlike(actor=SYSTEM, number=self.number, likeness=words)
            for told in other.who_is_told:
                await steps.tell_of_like(ToldOfLike(case=told, act=act))
            case.to_tell = case.to_tell[1:]

    # Early: both may be beginning
    found_alike = hears("found_alike", likeness.FoundAlike, "A later case looks like this one", early=True)
    tell_apart = hears("tell_apart", likeness.TellApart, "It is not the same as another that looks like it")


class DeskActs(Alikes[C]):
    """Work that moves from hand to hand, papers, notes, calls, letters on their way; and what supervisors do."""

    claim = hears("claim", desk.Claim, "Take the work that waits in a queue")
    release = hears("release", desk.Release, "Put back what one has taken")
    assign = hears("assign", desk.Assign, "Give work to somebody")
    note = hears("note", desk.Note, "Write something down")
    look_into = hears("look_into", sensitive.LookInto, "Read what is sensitive, and say why")
    strike_note = hears("strike_note", notes.StrikeNote, "Strike a note through")
    attach = hears("attach", desk.Attach, "Attach a paper that arrived")
    move_paper = hears("move_paper", misfiled.MovePaper, "A paper belongs to another case")
    request_information = hears("request_information", desk.RequestInformation, "Ask for what is needed")
    record_call = hears("record_call", desk.RecordCall, "Record a call that was made")
    take_call = hears("take_call", calls.TakeCall, "Record a call that came in")
    link = hears("link", desk.Link, "Another case belongs to this one")
    record_file = hears("record_file", file_made.FileMade, "Its file was made for somebody")
    withdraw = hears("withdraw", desk.Withdraw, "Take the request back")

    # Letters on their way: where a machine cannot know, a person does
    letter_delivered = hears(
        "letter_delivered", delivery.LetterDelivered, "A letter was delivered, as something shows"
    )
    letter_returned = hears("letter_returned", delivery.LetterReturned, "A letter came back")
    send_again = hears("send_again", delivery.SendAgain, "Send a letter again that came back")
    stop_notice = hears("stop_notice", stop_notice.StopNotice, "Stop a letter before it leaves")
    take_as_sent = hears("take_as_sent", dispatch.TakeAsSent, "A notice did leave, as something shows")
    send_once_more = hears(
        "send_once_more", dispatch.SendOnceMore, "Send a notice once more that may not have left"
    )
    number_found = hears("number_found", dispatch.NumberFound, "The right number or address was found")

    # What supervisors do, mostly to many cases at once; each case records its own
    toll = hears("toll", tolls.Toll, "Hold windows open under an instrument")
    undo_toll = hears("undo_toll", tolls.UndoToll, "Let go of what an instrument held open")
    put_on_hold = hears("put_on_hold", holds.PutOnHold, "Nothing leaves the house; the clock runs")
    lift_hold = hears("lift_hold", holds.LiftHold, "What waited may leave")
    absent = hears("absent", absence_acts.Absent, "Somebody is away: pass on their work")
    returned = hears("returned", absence_acts.Returned, "Somebody is back")
    correct_row = hears("correct_row", row_correction.CorrectRow, "A policy row was wrong")
    correct_day = hears("correct_day", row_correction.CorrectDay, "A calendar day was wrong")
