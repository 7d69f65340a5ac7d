"""Absences of staff, and who covers.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("cover", sa.String(), nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("who", "from_day", name="pk_absences"),
    )


def downgrade() -> None:
    op.drop_table("absences")
