#!/bin/sh
# Makes .venv with the first Python that is new enough; says in one line what to do otherwise.
set -eu

new_enough='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
if [ -x .venv/bin/python ] && .venv/bin/python -c "$new_enough" 2>/dev/null; then
    exit 0
fi

for python in ${PYTHON_FOR_VENV:-} python3.13 python3.12 python3.11 python3 python; do
    if "$python" -c "$new_enough" >/dev/null 2>&1; then
        if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            "$python" .setup/system_libraries.py --package "python$version-venv" || continue
        fi
        echo "Making .venv with $("$python" --version) ..."
        rm -rf .venv
        exec "$python" -m venv .venv
    fi
done

echo "RevMentor Desktop needs Python 3.11, 3.12 or 3.13 with its venv module: please install it, then try again." >&2
exit 1
