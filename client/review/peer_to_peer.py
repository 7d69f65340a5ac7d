"""Peer-to-peer before a decision against a line: `plazo p2p offer | held | missed | declined`."""

from client.reach.acting import do
from client.terminal.options import CaseNumber, Dated
from domain.determination.peer_to_peer import OfferPeerToPeer, RecordPeerToPeer
from domain.request.line import PeerOutcome


async def offer(case: CaseNumber, /, *, line: int | None = None, acting: Dated = Dated()) -> int:
    """Offer the ordering clinician a conversation before a decision against a line. The clock runs on.

    For example:
        plazo p2p offer PRE-7K2M-9QXD-4HBT --line 1 --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    line
        The line; may be left out where there is only one.
    """
    return await do(case, acting, OfferPeerToPeer, line=line)


async def held(
    case: CaseNumber, /, *, line: int | None = None, said: str = "", acting: Dated = Dated()
) -> int:
    """Record that the conversation was held. It decides nothing: the same physician does.

    For example:
        plazo p2p held PRE-7K2M-9QXD-4HBT --line 1 --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    line
        The line; may be left out where there is only one.
    said
        What was said, without personal data.
    """
    return await do(case, acting, RecordPeerToPeer, line=line, outcome=PeerOutcome.HELD, said=said)


async def missed(
    case: CaseNumber, /, *, line: int | None = None, said: str = "", acting: Dated = Dated()
) -> int:
    """Record that the conversation did not come about in its time.

    For example:
        plazo p2p missed PRE-7K2M-9QXD-4HBT --line 1 --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    line
        The line; may be left out where there is only one.
    said
        What was said, without personal data.
    """
    return await do(case, acting, RecordPeerToPeer, line=line, outcome=PeerOutcome.MISSED, said=said)


async def declined(
    case: CaseNumber, /, *, line: int | None = None, said: str = "", acting: Dated = Dated()
) -> int:
    """Record that the ordering clinician does not want the conversation.

    For example:
        plazo p2p declined PRE-7K2M-9QXD-4HBT --line 1 --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    line
        The line; may be left out where there is only one.
    said
        What was said, without personal data.
    """
    return await do(case, acting, RecordPeerToPeer, line=line, outcome=PeerOutcome.DECLINED, said=said)
