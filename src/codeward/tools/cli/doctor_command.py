"""`codeward doctor`: whether a language model is fit to help the assistant, by ten cases."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from codeward.core.faults import BadInput
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, home_folder, model_key, model_setting


def doctor(
    model: Annotated[
        str, typer.Option("--model", metavar="URL#NAME", help="The model to try.", show_default="CODEWARD_MODEL")
    ] = "",
    seconds: Annotated[float, typer.Option(min=0.5, max=600, help="The most that one answer may take.")] = 8.0,
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Try a language model with ten cases and turn off what it fails; exit status 1 when that is everything."""
    from codeward.assistant.model.budget import Budget
    from codeward.assistant.model.capabilities import keep_capabilities
    from codeward.assistant.model.doctor import check_model, told
    from codeward.assistant.model.endpoint import open_model

    given = model_setting(model)
    if not given:
        raise BadInput("no model to try: give --model URL#NAME, or set CODEWARD_MODEL")
    opened = open_model(given, model_key())
    found = check_model(opened, lambda: Budget(seconds=seconds * 2, seconds_a_call=seconds))
    keep_capabilities(home_folder(library), opened.address.shown, found.can)
    if as_json:
        cases = [asdict(item) for item in found.tried]
        output.say_json(
            {"model": opened.address.shown, "local": opened.local, "can": asdict(found.can), "cases": cases}
        )
    else:
        for line in told(found):
            output.out.print(line, soft_wrap=True, markup=False)
    if not (found.can.pick or found.can.word):
        raise typer.Exit(1)
