"""What each word of a shell command is shown as."""

import pytest
from pygments.lexers.shell import BashLexer
from pygments.token import Name, Number

from docskit.typesetting.shell_colours import shell_tokens

_lexed = BashLexer.get_tokens_unprocessed


@pytest.mark.parametrize(
    ("text", "commands", "options"),
    [
        (
            "docker run -d --name web -p 127.0.0.1:8080:80 nginx:alpine\n",
            ["docker"],
            ["-d", "--name", "-p"],
        ),
        ("docker exec -it web sh\ncd /tmp && ls -la\n", ["docker", "cd", "ls"], ["-it", "-la"]),
        ("sudo apt-get install -y git; FOO=bar make\n", ["sudo", "apt-get", "make"], ["-y"]),
        ("for i in 1 2; do echo $i; done\n", ["echo"], []),
        ('echo "a $(date +%F)" > if # docker\nls\n', ["echo", "date", "ls"], []),
        ("docker run \\\n  --rm --gpus=all a-b\n", ["docker"], ["--rm", "--gpus"]),
        ('A="$x" ./run.sh\n"$x" y\n', [], []),
        ("# 只有注释\nls | xargs -n 1 rm\n", ["ls", "xargs"], ["-n"]),
    ],
)
def test_commands_and_options_stand_out(text: str, commands: list[str], options: list[str]) -> None:
    tokens = list(shell_tokens(_lexed(BashLexer(), text)))
    assert "".join(value for _, _, value in tokens) == text
    assert [text[at : at + len(value)] for at, _, value in tokens] == [v for _, _, v in tokens]
    assert [value for _, kind, value in tokens if kind is Name.Function] == commands
    assert [value for _, kind, value in tokens if kind is Name.Tag] == options
    assert not [value for _, kind, value in tokens if kind in Number or kind in Name.Builtin]
