"""Reports of the floor, as they were when a month was over, in the place of what was counted of it.

Revision ID: 0014
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_reports",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("month", "subject", name="pk_kept_reports"),
    )
    op.drop_table("figures")


def downgrade() -> None:
    op.create_table(
        "figures",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "plan", "kind", "figure", name="pk_figures"),
    )
    op.drop_table("kept_reports")
