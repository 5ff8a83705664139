"""`make serve`: MkDocs' own preview, once it is certain that it can be reached."""

from __future__ import annotations

import errno
import socket
import sys

from command import CONFIG, REPOSITORY, UserError, guarded, prepare

HOST = "127.0.0.1"
_HIGHEST = 65535


def _refusal(port: int) -> int:
    """The system's error number where nobody can listen on `port`, else 0."""
    with socket.socket() as listener:
        # As MkDocs' server does: a port that was just let go of is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def usable_port(text: str) -> int:
    """The port that `text` names, if one can listen there."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= _HIGHEST):
        raise UserError(f"PORT={text} 不是端口：请写 1024 到 {_HIGHEST} 之间的数，例如 PORT=8001")
    port = int(text)
    refused = _refusal(port)
    if not refused:
        return port
    free = next((other for other in range(max(port, 1024) + 1, _HIGHEST) if not _refusal(other)), 0)
    advice = f"换一个：make serve PORT={free}" if free else "请先关掉它"
    if refused == errno.EADDRINUSE:
        raise UserError(
            f"端口 {port} 已被占用，多半是另一个预览还开着：http://{HOST}:{port}。{advice}"
        )
    raise UserError(f"端口 {port} 用不了：没有权限。{advice}")


def main(arguments: list[str]) -> int:
    """Serve on the port that is named, 8000 otherwise."""
    port = usable_port(arguments[0] if arguments else "8000")
    prepare()

    from mkdocs.__main__ import cli

    command = ["serve", "--livereload", "-a", f"{HOST}:{port}", "-f", CONFIG, *arguments[1:]]
    # mkdocs.yml inherits from it, and MkDocs watches only the first of them.
    command += ["--watch", str(REPOSITORY / "club.yml")]
    cli.main(command, standalone_mode=False)
    return 0


if __name__ == "__main__":
    import click

    try:
        status = guarded(main)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        status = 1
    sys.exit(status)
