"""Finding cases: by what a caller says, a paper shows or somebody remembers. Who looked is a line of the log."""

from logging import getLogger

from pydantic import AwareDatetime
from temporalio import activity

from activities.ports.register import Register
from activities.ports.world import Directory
from domain.case.authority import require
from domain.request.membership import KnownMember, KnownProvider
from domain.terms.frozen import Frozen
from domain.terms.key_kind import KeyKind
from domain.terms.people import Actor
from domain.terms.refusals import Misuse
from domain.view import search
from domain.view.search import FoundCases, Wanted

LOG = getLogger("plazo.finding")
ON_A_PAGE = 40
MOST_NAMED = 200  # people whom a part of a name may mean: with more it says too little


class FindQuestion(Frozen):
    """What is known of cases, all of it true of each that is found; `page` is of the answer, the first is 1."""

    wanted: tuple[Wanted, ...]
    actor: Actor
    page: int = 1
    late_by: AwareDatetime | None = None  # only what is late by then


class KnownQuestion(Frozen):
    """Whom a paper names by a number: a member of a plan, and providers."""

    plan: str
    contract_number: str | None
    npis: tuple[str, ...]
    actor: Actor


class Known(Frozen):
    """Those of them whom the directory knows."""

    member: KnownMember | None = None
    providers: tuple[KnownProvider, ...] = ()

    def provider(self, npi: str) -> KnownProvider | None:
        return next((one for one in self.providers if one.npi == npi), None)


class ShownQuestion(Frozen):
    """What a caller gave to show who they are, and the case that they ask for."""

    case: str
    given: tuple[Wanted, ...]
    actor: Actor


class Finding:
    def __init__(self, register: Register, directory: Directory) -> None:
        self.register = register
        self.directory = directory

    @activity.defn
    async def find(self, question: FindQuestion) -> FoundCases:
        """The cases, open ones first; with names, so only for whoever works on cases."""
        require(question.actor, "work on cases")
        wanted = [await self._completed(one) for one in question.wanted]
        found = await self.register.find(
            wanted, skip=(question.page - 1) * ON_A_PAGE, most=ON_A_PAGE, late_by=question.late_by
        )
        LOG.info("%s looked for cases and found %s", question.actor.id, found.total)
        return found

    @activity.defn
    async def shown_of(self, question: ShownQuestion) -> tuple[KeyKind, ...]:
        """The kinds of what is right for this very case, of all that a caller gave."""
        require(question.actor, "work on cases")
        this = Wanted(keys=(), number=question.case)
        given = [key for one in question.given for key in one.keys]
        found = [await self.register.find([this, Wanted(keys=(key,))], skip=0, most=0) for key in given]
        return tuple(key.kind for key, cases in zip(given, found, strict=True) if cases.total)

    @activity.defn
    async def known(self, question: KnownQuestion) -> Known:
        """The member and the providers, as the directory has them."""
        require(question.actor, "work on cases")
        number = question.contract_number
        member = await self.directory.member(question.plan, number) if number else None
        providers = [await self.directory.provider(npi) for npi in question.npis]
        return Known(member=member, providers=tuple(one for one in providers if one))

    async def _completed(self, wanted: Wanted) -> Wanted:
        """With everybody whom the directory has under such a name."""
        if wanted.name is None:
            return wanted
        members = await self.directory.members_named(wanted.name, wanted.birth_date)
        providers = () if wanted.birth_date else await self.directory.providers_named(wanted.name)
        if len(members) + len(providers) > MOST_NAMED:
            raise Misuse(f"find: more than {MOST_NAMED} people have this in their name; add the birth date.")
        theirs = (search.contract(one.contract_number) for one in members)
        keys = search.keys(*wanted.keys, *theirs, *(search.provider(one.npi) for one in providers))
        return wanted.model_copy(update={"keys": keys})
