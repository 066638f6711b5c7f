"""`python -m codeward.tools.cli`, the same as the `codeward` command."""

from codeward.tools.cli.main import run

run()
