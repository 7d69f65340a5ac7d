"""What people say of a notice on its way: that it was sent, that it goes once more, where it should have gone."""

from temporalio import workflow

from domain.case.acts import Said
from domain.desk import dispatch as leaving
from workflows.casework import C, Casework


class PostActs(Casework[C]):
    """Where a machine cannot know, a person does."""

    @workflow.update(description="A notice did leave, as something shows")
    def take_as_sent(self, act: leaving.TakeAsSent) -> Said:
        return self.hear(act)

    @take_as_sent.validator
    def may_take_as_sent(self, act: leaving.TakeAsSent) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Send a notice once more that may not have left")
    def send_once_more(self, act: leaving.SendOnceMore) -> Said:
        return self.hear(act)

    @send_once_more.validator
    def may_send_once_more(self, act: leaving.SendOnceMore) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The right number or address was found")
    def number_found(self, act: leaving.NumberFound) -> Said:
        return self.hear(act)

    @number_found.validator
    def may_number_found(self, act: leaving.NumberFound) -> None:
        self.refuse_unless_allowed(act)
