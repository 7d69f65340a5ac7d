"""Where alembic begins: on the connection it is given, or for a developer on one of its own (`-x url=...`)."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from records.database import database_at
from records.tables import Record


def in_plain_words(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A version says what the database held on its day, so it names no type that may change later."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run(connection: Connection) -> None:
    # SQLite cannot alter most of a table: in a batch, alembic builds it anew. Its DDL is transactional too.
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_as_batch=True,
        render_item=in_plain_words,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with database_at(context.get_x_argument(as_dictionary=True)["url"]).engine.begin() as connection:
        run(connection)
