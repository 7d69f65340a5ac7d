"""What Plazo asks of its Temporal namespace: its search attributes, and closed cases kept for long enough."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig, NamespaceInfo, UpdateNamespaceInfo
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeNamespaceResponse,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError

from domain.terms.refusals import Unreachable

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)
RETENTION = timedelta(days=400)
"""A year and a margin; the register keeps cases for longer than Temporal does."""

_TYPES = {
    "Text": IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
    "Keyword": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    "KeywordList": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
    "Int": IndexedValueType.INDEXED_VALUE_TYPE_INT,
    "Double": IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
    "Bool": IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
    "Datetime": IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
}


async def register(client: Client, attributes: Mapping[str, str]) -> None:
    """See that the namespace knows these search attributes (name to type, as `temporal` names types).

    An unknown attribute would block every case at its first step, so this raises Unreachable, naming those that are
    missing, where they cannot be added.
    """
    try:
        known = await client.operator_service.list_search_attributes(
            ListSearchAttributesRequest(namespace=client.namespace)
        )
    except RPCError as error:
        raise Unreachable(
            f"The search attributes of namespace {client.namespace} cannot be read ({error.message})."
        ) from error
    wanted = {name: _TYPES[kind] for name, kind in attributes.items()}
    clashing = [name for name in wanted if known.custom_attributes.get(name, wanted[name]) != wanted[name]]
    if clashing:
        raise Unreachable(
            f"Namespace {client.namespace} has search attributes of other types than Plazo's: "
            f"{_listed(clashing, attributes)} are needed; use a namespace of its own."
        )
    missing = {name: kind for name, kind in wanted.items() if name not in known.custom_attributes}
    if not missing:
        return
    try:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )
    except RPCError as error:
        raise Unreachable(
            f"Namespace {client.namespace} lacks the search attributes {_listed(missing, attributes)}, and they "
            f"cannot be added from here ({error.message}); ask whoever runs Temporal to add them."
        ) from error


async def make(client: Client) -> None:
    """See that the client's namespace is there, and make it where it is not; it forgets after `A_DAY`.

    Raises Unreachable where it may not be made from here.
    """
    try:
        with suppress(RPCError):
            return await _until_known(client, tries=1)
        retention = Duration()
        retention.FromTimedelta(A_DAY)
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(
                namespace=client.namespace, workflow_execution_retention_period=retention
            )
        )
        await _until_known(client, tries=20)
    except RPCError as error:
        raise Unreachable(
            f"Namespace {client.namespace}, for look-ups and supervision, is missing and cannot be made from here "
            f"({error.message}); ask whoever runs Temporal for it, or name another with PLAZO_HOUSE_NAMESPACE."
        ) from error


async def _until_known(client: Client, tries: int) -> None:
    """A server learns of a new namespace within seconds; only then can a worker ask it for work."""
    for left in reversed(range(tries)):
        try:
            await _described(client)
            await client.count_workflows()
        except RPCError:
            if not left:
                raise
            await asyncio.sleep(1)
        else:
            return


async def keep_closed_cases(client: Client, span: timedelta = RETENTION) -> None:
    """Keep closed cases for `span`; a fresh embedded server forgets them after a day."""
    retention = Duration()
    retention.FromTimedelta(span)
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(
            namespace=client.namespace, config=NamespaceConfig(workflow_execution_retention_ttl=retention)
        )
    )


async def retention(client: Client) -> timedelta:
    """For how long the namespace keeps closed cases."""
    return (await _described(client)).config.workflow_execution_retention_ttl.ToTimedelta()


async def info(client: Client) -> NamespaceInfo:
    """What the namespace is known by: its id, which no other server has, and what was written beside it."""
    return (await _described(client)).namespace_info


async def keep_data(client: Client, words: Mapping[str, str]) -> None:
    """Write these words beside the namespace; others stay."""
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(namespace=client.namespace, update_info=UpdateNamespaceInfo(data=words))
    )


async def _described(client: Client) -> DescribeNamespaceResponse:
    return await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace)
    )


def _listed(names: Mapping[str, object] | list[str], attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{name} ({attributes[name]})" for name in names)
