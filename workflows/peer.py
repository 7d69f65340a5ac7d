"""Peer-to-peer, in people's hands. The rules stand in `domain/review/peer_to_peer.py`."""

from typing import TypeVar

from temporalio import workflow

from domain.case.acts import Said
from domain.review import peer_to_peer as peer
from domain.review.assessed import AssessedCase
from workflows.casework import Casework

A = TypeVar("A", bound=AssessedCase)


class PeerActs(Casework[A]):
    """Offered before a decision against a line, and how it went."""

    @workflow.update(description="Offer the ordering clinician a conversation")
    def offer_peer_to_peer(self, act: peer.OfferPeerToPeer) -> Said:
        return self.hear(act)

    @offer_peer_to_peer.validator
    def may_offer_peer_to_peer(self, act: peer.OfferPeerToPeer) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The conversation was held, missed or declined")
    def record_peer_to_peer(self, act: peer.RecordPeerToPeer) -> Said:
        return self.hear(act)

    @record_peer_to_peer.validator
    def may_record_peer_to_peer(self, act: peer.RecordPeerToPeer) -> None:
        self.refuse_unless_allowed(act)
