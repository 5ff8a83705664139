#!/bin/sh
# Print the path of a Chromium for the browser tests; install one, and the font that pages and
# cards are drawn in, where that is possible.
# BROWSER_PATH wins; then what is on PATH; then Debian's package; then Playwright's own build.
set -eu
find_one() {
    for name in "${BROWSER_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}
missing=""
find_one >/dev/null || missing="chromium"
[ -n "$(find /usr/share/fonts -name NotoSansCJK-Bold.ttc 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root="sudo -n"; else root=none; fi
    if [ "$root" != none ] && command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086
        { $root apt-get update -qq && $root apt-get install -y -qq $missing; } >&2 || true
    fi
fi
find_one && exit 0
if [ -x .venv/bin/playwright ]; then
    .venv/bin/playwright install chromium >&2 || true
    path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)')
    [ -x "$path" ] && echo "$path" && exit 0
fi
echo "找不到 Chromium，浏览器测试无法进行。请安装：sudo apt install chromium fonts-noto-cjk，或设置 BROWSER_PATH=/浏览器/路径" >&2
exit 1
