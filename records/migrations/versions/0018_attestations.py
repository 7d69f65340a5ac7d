"""Attestations: what those of the staff who review say once a year.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attestations",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("who", "row", "on_day", name="pk_attestations"),
    )


def downgrade() -> None:
    op.drop_table("attestations")
