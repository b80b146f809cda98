"""What Alembic runs for each command: migrate on the connection that the caller opened.

The caller's transaction holds every step, so that a database is at one revision or the other.
"""

from alembic import context

from varinterp.registry.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    compare_type=True,
)
context.run_migrations()
