"""`varinterp registry upgrade`: bring a registry to the schema of this version."""

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import open_desk
from varinterp.registry.schema import HEAD

EXAMPLES = """Examples:

varinterp registry upgrade
"""


def command(configfile: ConfigFile = DEFAULT_CONFIG) -> None:
    """Create or migrate the registry; every verb does it, this one does nothing else.

    Where roles are used, run it as the owner of the tables.
    """
    open_desk(configfile)
    typer.echo(f"the registry is at schema {HEAD}")
