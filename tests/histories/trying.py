"""Every act by one person of each role, on a copy of a case: what would be said, and what would happen.

Histories hold no refusals. What is said is taken from the stories (`said.json`): each act as most stories say it,
and beside that whatever was tried in the story at hand, refused or not.
"""

import json
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from typing import Any

from domain.case.keeping import keep_appointments
from domain.terms.people import Actor
from domain.terms.refusals import Refused
from domain.view import showing

Words = dict[str, Any]


class Trying:
    """Who tries, and in which words; both are kept beside the histories, so that a new policy changes neither."""

    def __init__(
        self, people: dict[str, Actor], usual: dict[str, list[Words]], tried: Iterable[Words]
    ) -> None:
        self.people = people
        self.words = {name: list(words) for name, words in usual.items()}
        for one in tried:
            words = self.words.setdefault(one["update"], [])
            if one["words"] not in words:
                words.append(one["words"])
        self.acts: dict[Any, Any] = {}

    def everything(self, defn: Any, case: Any, now: datetime) -> dict[str, dict[str, Any]]:
        """By act and words: each answer, and who gets it."""
        answers = {}
        for name in sorted(defn.updates):
            kind = defn.updates[name].arg_types[0]
            for words in self.words.get(name, []):
                answers[f"{name} {json.dumps(words, sort_keys=True)}"] = self._answers(kind, words, case, now)
        return answers

    def _answers(self, kind: Any, words: Words, case: Any, now: datetime) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for who in self.people:
            act = self._act(kind, words, who)
            if isinstance(act, str):
                return {"malformed": act}
            try:
                act.refuse_unless_allowed(case, now)
            except Refused as no:
                answers.setdefault(f"no: {no}", []).append(who)
            except Exception as error:  # noqa: BLE001 - words that do not fit this case at all
                answers.setdefault(f"breaks: {type(error).__name__}", []).append(who)
            else:
                answers.setdefault("yes", []).append(who)
        if may := answers.get("yes"):
            answers["says"] = self._said(self._act(kind, words, may[0]), case, now)
        return answers

    def _act(self, kind: Any, words: Words, who: str) -> Any:
        key = (kind, json.dumps(words, sort_keys=True), who)
        if key not in self.acts:
            try:
                self.acts[key] = kind.model_validate({**words, "actor": self.people[who]})
            except ValueError as error:
                self.acts[key] = str(error).splitlines()[0]
        return self.acts[key]

    @staticmethod
    def _said(act: Any, case: Any, now: datetime) -> list[str]:
        """The sentence, and what is then told of the case."""
        copy = deepcopy(case, {id(case.policy): case.policy})
        known = len(showing.timeline(case).events)
        try:
            keep_appointments(copy, now)
            sentence = act.apply(copy, now)
            copy.settle(now)
        except Refused as no:
            return [f"no: {no}"]
        except Exception as error:  # noqa: BLE001 - words that do not fit this case at all
            return [f"breaks: {type(error).__name__}"]
        return [
            sentence,
            *(f"{one.kind.value}: {one.words}" for one in showing.timeline(copy).events[known:]),
        ]
