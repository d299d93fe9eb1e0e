#!/usr/bin/env bash
# Proves the frozen folder on Linux as a stranger would meet it: packaging/prove_frozen.sh FOLDER. Needs root, Xvfb,
# openbox, xdotool and strace.
# A copy alone, read-only, in a folder with a space and an accent in its name; an ordinary user without rights; an empty
# environment and an empty home; no network interface; the sources, the virtual environments and every Python hidden.
set -euo pipefail

if [ "${1:-}" != --inside ]; then
    frozen="$(realpath "$1")"
    root="$(cd "$(dirname "$0")/.." && pwd)"
    stage="$(mktemp -d /var/tmp/audit-desktop-proof-XXXXXX)"
    trap 'chmod -R u+w "$stage"; rm -rf "$stage"' EXIT
    mkdir "$stage/empty"
    cp -a "$frozen" "$stage/Schul-Prüfung de l'été"
    cp "$0" "$stage/prove"
    # An answer for every statement, made while there is still a Python.
    python3 - "$root/frameworks/attendance-standards-rag/1.0.0.json" >"$stage/answers.json" <<'PYTHON'
import json, sys
framework = json.load(open(sys.argv[1], encoding="utf-8"))
levels = ["established", "developing", "established"]
statements = [statement["id"] for section in framework["sections"] for statement in section["statements"]]
print(json.dumps({f"statement/{one}/rating": levels[place % 3] for place, one in enumerate(statements)}))
PYTHON
    chmod -R a-w "$stage/Schul-Prüfung de l'été"
    mkdir "$stage/home" && chown nobody "$stage/home" && chmod 755 "$stage"
    unshare --net --mount --pid --fork --mount-proc bash "$stage/prove" --inside "$stage" "$root"
    exit
fi

stage="$2" root="$3"
mount --make-rprivate /
python_home="$(python3 -c 'import sys; print(sys.base_prefix)')"
for hidden in "$root" "$python_home" /usr/lib/python3 /usr/local/lib/python3*; do
    [ -d "$hidden" ] && [ "$hidden" != /usr ] && mount -t tmpfs none "$hidden"
done
program="$stage/Schul-Prüfung de l'été/audit-desktop"
home="$stage/home"
cd "$stage/empty"

fail() { echo "failed: $*" >&2; exit 1; }

alone() { # alone [NAME=VALUE …] -- ARGUMENT…: runs the program with nothing but what is named
    local given=()
    while [ "$1" != -- ]; do given+=("$1") && shift; done
    shift
    # Whatever takes longer, hangs: the longest is the window that is worked in by the keyboard.
    timeout --kill-after=10 1200 setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
        env -i HOME="$home" PATH="$stage/empty" "${given[@]}" "$program" "$@"
}

echo "-- self-test, in an empty environment"
alone QT_QPA_PLATFORM=offscreen -- self-test 2>"$stage/noise" >"$stage/said" || { cat "$stage/said" "$stage/noise"; exit 1; }
grep -Ex 'self-test: [1-9][0-9]* passed, 0 failed' "$stage/said"

echo "-- an audit from beginning to end, by its command line"
audit="$home/Hügel school.audit"
alone -- new "$audit" --framework attendance-standards-rag --school "St Zoë’s"
alone -- fill "$audit" "$stage/answers.json" --as school --name "A. Sample"
alone -- show "$audit" --json >"$stage/shown"
grep -Eq "\"status\": \"(green|amber)\"" "$stage/shown"
alone -- export "$audit" --to word --out "$home/audit.docx"
alone -- --read-word <"$home/audit.docx" >"$stage/read"
grep -q '^{"document":' "$stage/read"

echo "-- many at once, in processes of its own"
mkdir "$home/many" "$home/documents" && chown nobody "$home/many" "$home/documents"
for number in 1 2 3 4 5 6 7 8 9; do
    alone -- new "$home/many/$number.audit" --framework norfolk-attendance-self-assessment --school "School $number" >/dev/null
done
alone -- export "$home/many" --to word --out "$home/documents" | tail -n 1
[ "$(find "$home/documents" -name '*.docx' | wc -l)" = 9 ]

echo "-- a window on a virtual screen, and every call to the network"
mkdir -p /tmp/.X11-unix
exec 3<><(:)
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 2>/dev/null &
servers=($!)
trap 'kill "${servers[@]}"' EXIT
read -r -t 60 -u 3 display || fail "no virtual screen"
export DISPLAY=":$display" LC_ALL=C.UTF-8
HOME="$stage" openbox >/dev/null 2>&1 &
servers+=($!)
timeout --kill-after=10 240 setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
    strace -f -q -e trace=network -o "$home/calls" \
    env -i HOME="$home" PATH="$stage/empty" DISPLAY="$DISPLAY" LC_ALL=C.UTF-8 "$program" "$audit" --exit-when-ready
if grep -E 'AF_INET|AF_PACKET|AF_NETLINK' "$home/calls"; then
    echo "the program reached for a network" >&2
    exit 1
fi
[ -s "$home/calls" ]

echo "-- an audit from beginning to end in the window, by the keyboard alone"
written="$home/Hügel by hand.audit" document="$home/Hügel by hand.docx" evidence=Registers-are-checked-twice-a-day
statements="$(grep -o '"statement/' "$stage/answers.json" | wc -l)"
look() { alone -- show "$written" --json >"$stage/shown"; }
rated() { look && grep -c '"statement/.*/rating": "' "$stage/shown"; }
is_rated() { [ "$(rated)" -ge "$1" ]; }
has_evidence() { look && grep -q "\"section/1/evidence\": \".*$evidence" "$stage/shown"; }
within() { # within SECONDS COMMAND…: asks again and again, for this machine may be busy
    local end=$((SECONDS + $1))
    until "${@:2}"; do [ $SECONDS -lt $end ] && sleep 0.3 || return 1; done
}
seen() { # seen NAME: waits for a window of that name, which then has the keyboard
    local window
    window="$(timeout 120 xdotool search --sync --onlyvisible --name "$1" | tail -n 1)"
    timeout 120 xdotool windowactivate --sync "$window" && sleep 0.3
}
keys() { xdotool key --clearmodifiers --delay 30 "$@"; }

alone -- new "$written" --framework attendance-standards-rag --school "St Zoë’s" >/dev/null
alone DISPLAY="$DISPLAY" LC_ALL=C.UTF-8 -- "$written" 2>"$stage/noise" &
window=$!
seen 'Attendance standards audit – Audit Desktop'
keys ctrl+shift+w
seen 'Who is working'
xdotool type "A. Sample" && keys Return
seen 'Attendance standards audit – Audit Desktop'
for number in $(seq "$statements"); do keys F8 $((number % 3 + 1)); done
keys ctrl+s
within 60 is_rated "$statements" || fail "$(rated) of $statements statements were rated by key"
# The box for evidence comes after the last statement of its section, a few steps further.
keys ctrl+1 End
for _ in $(seq 12); do
    keys Tab && xdotool type "$evidence" && keys ctrl+s
    within 3 has_evidence && break
done
within 30 has_evidence || fail "what was typed as evidence is not in the file"
keys ctrl+e
seen '^Export$'
keys Return
within 60 [ -s "$document" ] || fail "the window wrote no Word document"
seen '^Export$'
keys Escape
seen 'Attendance standards audit – Audit Desktop'
keys ctrl+q
wait "$window" || { cat "$stage/noise"; fail "the window ended with status $?"; }
look && cp "$stage/shown" "$stage/from-the-window"
alone -- check "$written"
alone -- import "$document" --out "$home/from Word.audit" | tail -n 1
alone -- show "$home/from Word.audit" --json >"$stage/from-word"
answers() { sed -n '/"answers": {/,/^  }/s/,$//p' "$1"; }
diff <(answers "$stage/from-the-window") <(answers "$stage/from-word") || fail "the document does not say what the audit says"
echo "$statements ratings and evidence by key, in the file and in the Word document"

[ -z "$(find "$stage/Schul-Prüfung de l'été" -newer "$stage/answers.json" -type f)" ]
echo "proven: $(find "$home" -type f | wc -l) files written, all of them below its home"
