#!/usr/bin/env bash
# Builds both installers of Windows and proves them under Wine: packaging/windows/prove_installer.sh FOLDER.
# Wine is not Windows, and the payload is a stand-in: the data of the frozen Linux FOLDER and, as the program, Wine's own
# notepad. What is proven is the installer: its files, registry, silence, refusal, upgrade and removal.
set -euo pipefail
frozen="$(realpath "$1")"
root="$(cd "$(dirname "$0")/../.." && pwd)"
stage="$(mktemp -d /var/tmp/audit-desktop-wine-XXXXXX)"
export WINEPREFIX="$stage/wine" WINEDEBUG=-all WINEARCH=win64 WINEDLLOVERRIDES="mscoree,mshtml="
unset DISPLAY WAYLAND_DISPLAY
server=""
trap '[ -z "$server" ] || kill "$server"; "$wineserver" -k 2>/dev/null || true; rm -rf "$stage"' EXIT
wineserver="$(command -v wineserver || ls /usr/lib/wine/wineserver64 | head -n 1)"
fail() { echo "failed: $*" >&2; exit 1; }

payload="$stage/payload"
mkdir -p "$payload/_internal"
cp -r "$frozen/licences" "$frozen/sbom.cdx.json" "$payload"
cp -r "$frozen/_internal/audit_desktop" "$payload/_internal"
stand_in="$(find /usr/lib -path '*x86_64-windows/notepad.exe' | head -n 1)"
[ -n "$stand_in" ] || fail "Wine has no notepad"
cp "$stand_in" "$payload/audit-desktop.exe"
cp "$stand_in" "$payload/audit-desktop-console.exe"

echo "-- both installers are made"
for scope in user all; do
    python3 "$root/packaging/make_installer.py" "$payload" "$stage" "$scope"
done

mkdir -p /tmp/.X11-unix
exec 3<><(:)
Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 2>/dev/null &
server=$!
read -r -u 3 display
export DISPLAY=":$display"
mkdir "$WINEPREFIX"
"$wineserver" -p # stays between the calls: its start costs more than they do
wineboot --init >/dev/null 2>&1
local_data="$(wine cmd /c 'echo %LOCALAPPDATA%' 2>/dev/null | tr -d '\r')"
unix_path() { winepath -u "$1" 2>/dev/null; }
key() { wine reg query "$@" 2>&1 | tr -d '\r' | grep -v "^reg: Unable to find"; }
uninstall='Software\Microsoft\Windows\CurrentVersion\Uninstall\AuditDesktop'

prove() { # prove SETUP FOLDER HIVE MENU: installs, looks, refuses, upgrades and removes
    local setup="$1" folder="$2" hive="$3" menu="$4" classes="$3\\Software\\Classes" status
    wine "$setup" /S || fail "the silent installation"
    diff -r "$payload" "$folder" | grep -v '^Only in .*: uninstall.exe$' && fail "other files than in the payload"
    [ -f "$folder/uninstall.exe" ] && [ -f "$menu" ] || fail "uninstaller or menu entry"
    key "$classes\\.audit" /ve | grep -q AuditDesktop.Audit || fail "the type .audit"
    key "$classes\\AuditDesktop.Audit\\shell\\open\\command" /ve | grep -qF 'audit-desktop.exe" "%1"' || fail "opening"
    key "$hive\\$uninstall" /v DisplayVersion | grep -q '[0-9]\.[0-9]' || fail "the entry among the programs"
    key "$hive\\$uninstall" /v QuietUninstallString | grep -qF 'uninstall.exe" /S' || fail "silent removal"

    wine "$folder/audit-desktop.exe" &
    local running=$!
    for _ in $(seq 50); do wine tasklist 2>/dev/null | grep -q audit-desktop.exe && break; sleep 0.1; done
    touch "$folder/_internal/of-an-older-version.dll"
    status=0; wine "$setup" /S || status=$?
    [ "$status" = 2 ] && [ -f "$folder/_internal/of-an-older-version.dll" ] || fail "refusal while running: $status"
    wine taskkill /f /im audit-desktop.exe >/dev/null 2>&1
    wait "$running" 2>/dev/null || true

    echo "somebody's own" >"$folder/my notes.txt"
    wine "$setup" /S || fail "the upgrade"
    [ ! -e "$folder/_internal/of-an-older-version.dll" ] || fail "a library of the older version is still there"

    mkdir -p "$(unix_path "$local_data")/audit-desktop/backups"
    echo "an earlier copy" >"$(unix_path "$local_data")/audit-desktop/backups/one"
    wine "$folder/uninstall.exe" /S || fail "the removal"
    # It goes on from a temporary folder, and the entry among the programs is the last thing that it removes.
    for _ in $(seq 100); do key "$hive\\$uninstall" >/dev/null || break; sleep 0.2; done
    [ "$(find "$folder" -type f)" = "$folder/my notes.txt" ] || fail "files left, or too many removed"
    [ ! -e "$menu" ] || fail "the menu entry is still there"
    [ -f "$(unix_path "$local_data")/audit-desktop/backups/one" ] || fail "data was removed"
    key "$hive\\$uninstall" && fail "still among the programs"
    key "$classes\\AuditDesktop.Audit" && fail "the class is still there"
    key "$classes\\.audit" && fail "the type is still there"
    return 0
}

echo "-- for one person: installed, refused while running, upgraded and removed"
users_menu="$(unix_path "$(wine cmd /c 'echo %APPDATA%' 2>/dev/null | tr -d '\r')")/Microsoft/Windows/Start Menu/Programs"
prove "$(ls "$stage"/*-setup.exe)" "$(unix_path "$local_data")/Programs/Audit Desktop" HKCU "$users_menu/Audit Desktop.lnk"
echo "-- for all users: the same"
prove "$(ls "$stage"/*-setup-all-users.exe)" "$WINEPREFIX/drive_c/Program Files/Audit Desktop" HKLM \
    "$WINEPREFIX/drive_c/ProgramData/Microsoft/Windows/Start Menu/Programs/Audit Desktop.lnk"
echo "proven: both installers, with a stand-in for the program, under $(wine --version)"
