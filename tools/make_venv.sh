#!/bin/sh
# Create the virtual environment $2 with the interpreter $1, installing Debian's
# python3-venv where it is missing and that is possible.
set -eu
python=$1 venv=$2
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "需要 Python 3.11 或更新的版本。可以这样指定：make serve PYTHON=python3.12" >&2
    exit 1
fi
[ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && exit 0
"$python" -m venv "$venv" 2>/dev/null && exit 0
# Debian and Ubuntu split ensurepip into a package of its own.
rm -rf "$venv"
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root="sudo -n"; else root=none; fi
if [ "$root" != none ] && command -v apt-get >/dev/null; then
    $root apt-get update -qq && $root apt-get install -y -qq python3-venv >/dev/null
    "$python" -m venv "$venv" && exit 0
fi
echo "建不了虚拟环境。请先运行：sudo apt install python3-venv，然后再试一次。" >&2
exit 1
