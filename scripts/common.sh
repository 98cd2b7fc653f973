# Sourced by the other scripts: finding Python and saying things in one line.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv

say() { printf 'motjuste: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# The first Python of at least 3.11 that can be found, as a path; empty when there is none.
find_python() {
    local name path
    for name in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        path=$(command -v "$name") || continue
        if "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$path"
            return
        fi
    done
}

has_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }
