"""Call scripts in words: the case says which facts they get, the worker holds the approved texts."""

from temporalio import activity

from activities.ports.paper import Wording
from domain.determination.call_scripts import Script


class Scripts:
    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    @activity.defn
    async def call_script(self, asked: Script) -> str:
        """What to say and to ask, as plain text in the reader's language."""
        return self.wording.words_of(asked)
