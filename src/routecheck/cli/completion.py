"""``routecheck completion SHELL``: the line to put into a shell's start-up file."""

from __future__ import annotations

import click

from routecheck.cli.options import emit

__all__ = ["completion_command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> int:
    r"""Print the completion script of a shell.

    \b
    bash:  eval "$(routecheck completion bash)"
    zsh:   eval "$(routecheck completion zsh)"
    fish:  routecheck completion fish | source
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(context.find_root().command, {}, "routecheck", "_ROUTECHECK_COMPLETE")
    emit(script.source() + "\n")
    return 0
