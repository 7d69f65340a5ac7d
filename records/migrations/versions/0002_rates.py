"""Rate tables: what Original Medicare pays for a code, quarter by quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rates",
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("status_indicator", sa.String(), nullable=False),
        sa.Column("amount", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("schedule", "setting", "quarter", "code", name="pk_rates"),
    )


def downgrade() -> None:
    op.drop_table("rates")
