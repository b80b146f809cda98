"""What Alembic runs for each command: migrate on the connection that the caller opened.

The caller's transaction holds every step, so that a database is at one revision or the other.
"""

from alembic import context

from varinterp.registry.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
)
context.run_migrations()
