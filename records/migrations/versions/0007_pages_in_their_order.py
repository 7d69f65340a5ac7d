"""Pages say where in the life of their case they were asked for, so that a late one changes nothing.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEGINNING = "1970-01-01 00:00:00+00:00"


def upgrade() -> None:
    started = sa.Column(
        "run_started_at", sa.DateTime(timezone=True), nullable=False, server_default=BEGINNING
    )
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("first_run", sa.String(), nullable=False, server_default=""))
        cases.add_column(started)
        cases.add_column(sa.Column("history_length", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        for column in ("first_run", "run_started_at", "history_length"):
            cases.drop_column(column)
