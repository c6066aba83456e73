# Read by ./run and ./test: gets everything they need, once. The second time it only looks and goes on, without the network.
# Before reading it set: here (the project's folder); for programs beyond the window's own needs, tools="command:package ...".
# shellcheck shell=sh

# What Qt loads when a window opens, and the Debian package each library comes in.
libraries="libGL.so.1:libgl1 libEGL.so.1:libegl1 libglib-2.0.so.0:libglib2.0-0 libdbus-1.so.3:libdbus-1-3
 libfontconfig.so.1:libfontconfig1 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-cursor.so.0:libxcb-cursor0
 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0
 libxcb-shape.so.0:libxcb-shape0 libxcb-sync.so.1:libxcb-sync1 libxcb-xfixes.so.0:libxcb-xfixes0 libX11-xcb.so.1:libx11-xcb1"

say() { echo "$*" >&2; }

python_fits() {
  command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  for python in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
    if python_fits "$python"; then return 0; fi
  done
  return 1
}

missing_packages() {
  if installed=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null); then
    for pair in $libraries; do
      case "$installed" in *"${pair%%:*} "*) ;; *) echo "${pair#*:}" ;; esac
    done
  fi
  for pair in ${tools:-}; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || echo "${pair#*:}"
  done
  if ! [ -x "$here/.venv/bin/python" ] && ! find_python; then echo python3 python3-venv; fi
}

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    say "CV Desk needs what Debian calls: $*"
    say "This system has no apt-get. Install the same with its own package manager, then start again."
    return 1
  fi
  as_root=
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "CV Desk needs a few packages. Install them as root, then start again:"
      say "  apt-get install $*"
      return 1
    fi
    as_root=sudo
  fi
  say "Installing with apt-get: $*"
  log=$(mktemp)
  if { $as_root apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

make_environment() {
  if ! [ -x .venv/bin/python ]; then
    if ! find_python; then
      say "CV Desk needs Python 3.11 or newer. Install it, or name one: PYTHON=/path/to/python3 ./run"
      return 1
    fi
    say "Making the Python environment in .venv (once; a minute or two)"
    rm -rf .venv
    "$python" -m venv .venv || return 1
  fi
  # --no-compile: Python compiles what is used when it is used; compiling all of it takes longer than the rest.
  .venv/bin/python -m pip install -qq --no-input --no-compile --require-hashes -r requirements.lock &&
    .venv/bin/python -m pip install -qq --no-input --no-deps --no-index --no-build-isolation -e . &&
    echo "$1" >.venv/made-from
}

prepare() {
  cd "$here" || return 1
  export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
  missing=$(missing_packages | sort -u | tr '\n' ' ')
  # shellcheck disable=SC2086 # one word a package
  if [ -n "$missing" ]; then install_packages $missing || return 1; fi
  made_from=$(cat requirements.lock pyproject.toml | sha256sum)
  if [ -x .venv/bin/python ] && [ "$made_from" = "$(cat .venv/made-from 2>/dev/null)" ]; then return 0; fi
  # Two at once (a test run beside a start) must not install into each other.
  exec 9>.venv.lock
  if command -v flock >/dev/null 2>&1; then flock 9; fi
  if [ "$made_from" != "$(cat .venv/made-from 2>/dev/null)" ]; then make_environment "$made_from" || return 1; fi
  exec 9>&-
}
