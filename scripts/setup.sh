#!/usr/bin/env bash
# Make everything ready on this machine; quick when nothing changed.
#
#   scripts/setup.sh serve    Python, its packages, the browser's side, message catalogues, the models of the face check; LibreOffice and
#                             Chinese fonts where it may install them, else a sentence about what is refused without them
#   scripts/setup.sh test     the same, and browsers and nginx; what cannot be had ends it
#
# Nothing is downloaded but packages that the lock files name or scripts/models.py, and uv. PYTHON names an interpreter, CHROMIUM a browser.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH

STAMPS=build/stamps
OLDEST_NODE=20
SOME_MODELS_MISSING=3 # of scripts/models.py
mkdir -p "$STAMPS"

say() { printf '%s\n' "$*"; }
refuse() { printf '\n%s\n' "$*" >&2; exit 1; }

# --- stamps: a step is skipped while its inputs have the digest that it was last done with ---

digest() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

digest_of_files() { # names on standard input
    LC_ALL=C sort | while IFS= read -r file; do printf '%s\n' "$file"; cat "$file"; done | digest
}

is_current() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
mark() { printf '%s\n' "$2" >"$STAMPS/$1"; }

one_at_a_time() { # `make serve` and `make test` may be started together
    if command -v flock >/dev/null; then
        exec 9>build/setup.lock
        flock -n 9 || { say "Waiting for another set-up to end."; flock 9; }
    fi
}

# --- Python: one that is on the machine ---

is_new_enough() {
    [ "$("$1" -c 'import sys; print(sys.implementation.name, sys.version_info >= (3, 12))' 2>/dev/null)" = "cpython True" ]
}

pythons() {
    printf '%s\n' ${PYTHON:+"$PYTHON"} python3.14 python3.13 python3.12 python3 \
        /usr/bin/python3.14 /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3 \
        /usr/local/bin/python3.14 /usr/local/bin/python3.13 /usr/local/bin/python3.12 /usr/local/bin/python3 /opt/homebrew/bin/python3
}

find_python() {
    if [ -n "${PYTHON:-}" ] && ! is_new_enough "$PYTHON"; then
        refuse "PYTHON=$PYTHON is no CPython 3.12 or later."
    fi
    local candidate
    while IFS= read -r candidate; do
        if is_new_enough "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done < <(pythons)
    refuse "Python 3.12 or later is needed and none was found. On Debian 13 or Ubuntu 24.04: apt-get install python3 python3-venv
Elsewhere install it as your system does, and name it if it has an unusual place: PYTHON=/path/to/python3.13 make serve"
}

# --- uv: installed beside the project when the machine has none ---

find_uv() {
    local candidate
    for candidate in uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv" build/uv/bin/uv; do
        # A shim may be on the path and still lead nowhere; before 0.5 it did not know the groups in pyproject.toml.
        case "$("$candidate" --version 2>/dev/null)" in
        "uv 0."[0-4].* | "") ;;
        "uv "*) printf '%s\n' "$candidate"; return ;;
        esac
    done
    return 1
}

install_uv() { # any Python that can make a virtual environment will do: uv is a program of its own
    local candidate
    while IFS= read -r candidate; do
        command -v "$candidate" >/dev/null || continue
        rm -rf build/uv
        if "$candidate" -m venv build/uv >/dev/null 2>&1 && build/uv/bin/python -m pip install --quiet uv; then return; fi
        rm -rf build/uv
        if "$candidate" -m venv --without-pip build/uv >/dev/null 2>&1 &&
            "$candidate" -m pip --python build/uv/bin/python install --quiet uv 2>/dev/null; then return; fi
    done < <(printf '%s\n' "$1"; pythons)
    return 1
}

ensure_uv() { # sets UV
    if UV=$(find_uv); then return; fi
    say "Installing uv into build/uv."
    if ! install_uv "$1"; then
        may_install || refuse "uv could not be installed, because no Python here has both venv and pip.
On Debian: apt-get install python3-venv. Or install uv yourself: https://docs.astral.sh/uv/"
        install_from_debian python3-venv
        install_uv "$1" || refuse "uv could not be installed; its own message is above."
    fi
    UV=$(find_uv) || refuse "uv was installed and does not run."
}

set_up_python() {
    local wanted
    wanted=$(printf '%s\n' uv.lock pyproject.toml | digest_of_files)${PYTHON:+ $PYTHON}
    if is_current python "$wanted" && is_new_enough .venv/bin/python; then return; fi
    local python
    python=$(find_python)
    ensure_uv "$python"
    say "Installing the Python packages for $("$python" --version)."
    UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv "$UV" sync --locked --quiet --python "$python"
    mark python "$wanted"
}

# --- the browser's side ---

set_up_node() {
    command -v node >/dev/null && command -v npm >/dev/null ||
        refuse "Node.js $OLDEST_NODE or later with npm is needed and was not found. On Debian 13: apt-get install nodejs npm"
    local version
    version=$(node --version)
    local major=${version#v}
    [ "${major%%.*}" -ge "$OLDEST_NODE" ] || refuse "Node.js $OLDEST_NODE or later is needed; this is $version."
    local wanted
    wanted="$(printf '%s\n' package-lock.json | digest_of_files) ${major%%.*}"
    if is_current node "$wanted" && [ -d node_modules ]; then return; fi
    say "Installing the packages of the browser's side."
    npm ci --no-audit --no-fund --loglevel=error
    mark node "$wanted"
}

build_assets() {
    local wanted
    wanted=$({ find web -type f; find scripts -name '*.*js'; printf '%s\n' package.json package-lock.json; } | digest_of_files)
    if is_current assets "$wanted" && [ -d build/static ]; then return; fi
    say "Building the browser's side."
    npm run --silent build
    mark assets "$wanted"
}

# What anybody may take away: the verifier and the witness as single files, their guides, and the documents that those name.
build_downloads() {
    local wanted
    wanted=$({ find src/jiangxue_verify src/jiangxue_witness -name '*.py'; find docs -maxdepth 1 -name '*.zh.md'
        find scripts -maxdepth 1 -name '*.py'; printf '%s\n' LICENSE scripts/setup.sh docs/trust.md docs/formats/{archive,ledger,witness}.md; } | digest_of_files)
    if is_current downloads "$wanted" && [ -d build/static/ledger ]; then return; fi
    say "Building the verifier and the witness as single files."
    rm -rf build/static/ledger
    mkdir -p build/static/ledger/formats
    .venv/bin/python -m scripts.verifier >/dev/null
    .venv/bin/python -m scripts.witness >/dev/null
    cp build/verify.pyz build/witness.pyz build/static/ledger/
    local guide
    for guide in verify witness; do
        if [ -f "docs/$guide.zh.md" ]; then cp "docs/$guide.zh.md" build/static/ledger/; fi
    done
    cp docs/trust.md build/static/ledger/
    cp docs/formats/{archive,ledger,witness}.md build/static/ledger/formats/
    mark downloads "$wanted"
}

# The models that look at faces: fetched once, compared again whenever a file of theirs changed.
state_of_models() {
    { printf '%s\n' src/jiangxue/facecheck/vision/weights.py scripts/models.py | digest_of_files; ls -ln "$1" 2>/dev/null; } | digest
}

set_up_models() {
    local folder=${JIANGXUE_MODELS:-build/models}
    if is_current models "$(state_of_models "$folder")"; then return; fi
    ensure_uv .venv/bin/python
    local status=0
    .venv/bin/python -m scripts.models "$UV" || status=$?
    case $status in
    0) mark models "$(state_of_models "$folder")" ;;
    "$SOME_MODELS_MISSING") ;; # tried again next time
    *) exit 1 ;;
    esac
}

compile_messages() {
    local wanted
    wanted=$(find src -name '*.po' | digest_of_files)
    if is_current messages "$wanted" && [ "$(find src -name '*.po' | wc -l)" -eq "$(find src -name '*.mo' | wc -l)" ]; then return; fi
    .venv/bin/python -m scripts.messages compile
    mark messages "$wanted"
}

# --- what Debian has ---

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_from_debian() {
    say "Installing from Debian: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=300 -qq update
    apt-get -o DPkg::Lock::Timeout=300 -qq install -y --no-install-recommends "$@" >/dev/null
}

has_browser() {
    if [ -n "${CHROMIUM:-}" ]; then [ -x "$CHROMIUM" ] || refuse "CHROMIUM=$CHROMIUM is no program."; return; fi
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null; then return; fi
    done
    return 1
}

# Those to which courseware/paging/fonts.conf maps the names of Windows.
has_fonts() {
    command -v fc-list >/dev/null && [ -n "$(fc-list 'Noto Sans CJK SC' family)" ] && [ -n "$(fc-list 'Noto Serif CJK SC' family)" ]
}
has_nginx() { command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; }
has_firefox() { command -v firefox-esr >/dev/null || command -v firefox >/dev/null; }
has_webkit() { command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null; }
# WebKit plays H.264 by this plugin, Firefox by the library that comes with it.
has_film_codecs() { ls /usr/lib/*/gstreamer-1.0/libgstlibav.so >/dev/null 2>&1; }

# The same places as courseware/intake/office_program.py: the program itself, and what reads Word and PPT files.
has_office() {
    local named folder
    named=$(command -v soffice || command -v libreoffice || true)
    for folder in /usr/lib/libreoffice/program /usr/lib64/libreoffice/program /opt/libreoffice/program \
        ${named:+"$(dirname "$(readlink -f "$named")")"}; do
        if [ -f "$folder/soffice.bin" ] && [ -e "$folder/libswlo.so" ] && [ -e "$folder/libsdlo.so" ]; then return; fi
    done
    return 1
}

set_up_office() { # pages of Word and PPT files; everything else works without
    local missing=()
    has_office || missing+=(libreoffice-writer-nogui libreoffice-impress-nogui)
    has_fonts || missing+=(fontconfig fonts-noto-cjk)
    [ ${#missing[@]} -gt 0 ] || return 0
    if may_install && install_from_debian "${missing[@]}" && has_office && has_fonts; then return; fi
    if ! has_office; then
        say "Word and PPT files will be refused until libreoffice-writer-nogui and libreoffice-impress-nogui (names of Debian's packages) are installed; PDF, films, sound and pictures work without."
    fi
    has_fonts || say "Chinese text in Word and PPT files will be drawn in whatever font is here, and papers of courses can be had as Word files only, until fontconfig and fonts-noto-cjk (names of Debian's packages) are installed."
}

set_up_browsers() {
    local missing=()
    has_browser || missing+=(chromium)
    has_office && has_fonts || refuse "The tests need LibreOffice (writer and impress) and Chinese fonts; see above."
    has_nginx || missing+=(nginx-light)
    has_firefox || missing+=(firefox-esr)
    has_webkit || missing+=(webkit2gtk-driver xvfb)
    has_film_codecs || missing+=(gstreamer1.0-libav)
    [ ${#missing[@]} -gt 0 ] || return 0
    may_install || refuse "The tests need ${missing[*]} (names of Debian's packages). Install them, or point CHROMIUM at a Chromium."
    install_from_debian "${missing[@]}"
    has_browser && has_nginx && has_firefox && has_webkit && has_film_codecs ||
        refuse "${missing[*]} were installed and are still not found."
}

one_at_a_time
set_up_python
set_up_node
build_assets
build_downloads
compile_messages
set_up_models
set_up_office
if [ "${1:-serve}" = test ]; then set_up_browsers; fi
