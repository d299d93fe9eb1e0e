#!/usr/bin/env bash
# Builds both installers of Windows and proves them, and the portable copy, under Wine:
# packaging/windows/prove_installer.sh FOLDER, where FOLDER is what under_wine/freeze.sh made. Needs wine, mingw-w64, nsis,
# unzip and Xvfb. Wine is not Windows: 8.0 lacks what Qt's own platform asks for, so the window is opened off the screen.
set -euo pipefail
frozen="$(realpath "$1")"
root="$(cd "$(dirname "$0")/../.." && pwd)"
stage="$(mktemp -d /var/tmp/audit-desktop-wine-XXXXXX)"
server="" maker=""
. "$root/packaging/windows/under_wine/wine.sh"
trap 'end_wine; kill $server $maker 2>/dev/null || true; rm -rf "$stage"' EXIT
payload="$frozen/audit-desktop"

# The one as it is published, which takes a minute of packing; the other packed quickly, and proven meanwhile.
python3 "$root/packaging/make_installer.py" "$payload" "$stage" user &
maker=$!
python3 "$root/packaging/make_installer.py" "$payload" "$stage" all --quickly || fail "the installer for all users"

mkdir -p /tmp/.X11-unix
exec 3<><(:)
Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 2>/dev/null &
server=$!
read -r -t 60 -u 3 display || fail "no virtual screen"
start_wine
export DISPLAY=":$display"
local_data="$(windows_value LOCALAPPDATA)"
key() { wine reg query "$@" 2>&1 | tr -d '\r' | grep -v "^reg: Unable to find"; }
uninstall='Software\Microsoft\Windows\CurrentVersion\Uninstall\AuditDesktop'
within() { # within SECONDS COMMAND…: asks again and again, for this machine may be busy
    local end=$((SECONDS + $1))
    until "${@:2}"; do [ $SECONDS -lt $end ] && sleep 0.3 || return 1; done
}
end_program() { wine taskkill /f /im audit-desktop.exe >/dev/null 2>&1; } # fails where there is none to end
gone() { ! "$@" >/dev/null 2>&1; }
# Wine hands on no variable whose name begins with QT_; its own command interpreter can set them.
printf '@set QT_QPA_PLATFORM=offscreen\r\n@%%*\r\n' >"$stage/off-screen.bat"
off_screen() { wine cmd /c "$(windows_path "$stage/off-screen.bat")" "$@" </dev/null >/dev/null 2>&1; }

prove() { # prove SETUP FOLDER HIVE MENU: installs, looks, works, refuses, upgrades and removes
    local setup="$1" folder="$2" hive="$3" menu="$4" classes="$3\\Software\\Classes" status short work="$stage/work-$3"
    mkdir "$work"
    wine "$setup" /S || fail "the silent installation"
    diff -r "$payload" "$folder" | grep -v '^Only in .*: uninstall.exe$' && fail "other files than in the payload"
    [ -f "$folder/uninstall.exe" ] && [ -f "$menu" ] || fail "uninstaller or menu entry"
    key "$classes\\.audit" /ve | grep -q AuditDesktop.Audit || fail "the type .audit"
    key "$classes\\AuditDesktop.Audit\\shell\\open\\command" /ve | grep -qF 'audit-desktop.exe" "%1"' || fail "opening"
    key "$hive\\$uninstall" /v DisplayVersion | grep -q '[0-9]\.[0-9]' || fail "the entry among the programs"
    key "$hive\\$uninstall" /v QuietUninstallString | grep -qF 'uninstall.exe" /S' || fail "silent removal"

    # Python under Wine takes a pipe for its output, but no file.
    wine "$folder/audit-desktop-console.exe" self-test </dev/null 2>&1 | tr -d '\r' >"$work/said" || true
    grep -Ex 'self-test: [1-9][0-9]* passed, 0 failed' "$work/said" || fail "the self-test: $(cat "$work/said")"
    wine "$folder/audit-desktop-console.exe" sample "$(windows_path "$work")" --word </dev/null 2>&1 | cat >"$work/said" ||
        fail "the sample: $(cat "$work/said")"
    [ -s "$(echo "$work"/*.docx)" ] || fail "the Word document of the sample"
    mv "$work"/*.audit "$work/one.audit"
    off_screen "$(windows_path "$folder/audit-desktop.exe")" "$(windows_path "$work/one.audit")" --exit-when-ready ||
        fail "the window"

    # The lock beside the audit shows that the window has it open. By its type, as a double click would open it, only for
    # all users: Wine 8 does not look among the types of one person.
    if [ "$hive" = HKLM ]; then
        off_screen start "$(windows_path "$work/one.audit")" || fail "a double click on an audit"
    else
        off_screen "$(windows_path "$folder/audit-desktop.exe")" "$(windows_path "$work/one.audit")" &
    fi
    within 120 [ -e "$work/~\$one.audit" ] || fail "the window did not open the audit"
    touch "$folder/_internal/of-an-older-version.dll"
    status=0; wine "$setup" /S || status=$?
    [ "$status" = 2 ] && [ -f "$folder/_internal/of-an-older-version.dll" ] || fail "refusal while running: $status"
    # In its own folder and not from a temporary one, so that it has ended when its status is there.
    short="$(timeout "$patience" winepath -s "$(windows_path "$folder")" 2>/dev/null)"
    status=0; wine "$folder/uninstall.exe" /S "_?=${short:?}" || status=$?
    [ "$status" = 2 ] && [ -f "$folder/audit-desktop.exe" ] || fail "removed while running: $status"
    end_program || fail "the program did not run any more"
    within 30 gone end_program || fail "the program would not end"

    echo "somebody's own" >"$folder/my notes.txt"
    wine "$setup" /S || fail "the upgrade"
    [ ! -e "$folder/_internal/of-an-older-version.dll" ] || fail "a library of the older version is still there"

    [ -d "$local_data/audit-desktop" ] || fail "the window kept nothing in $local_data"
    find "$local_data/audit-desktop" -type f | sort >"$work/kept"
    wine "$folder/uninstall.exe" /S || fail "the removal"
    # It goes on from a temporary folder, and the entry among the programs is the last thing that it removes.
    within 60 gone key "$hive\\$uninstall" || fail "still among the programs"
    [ "$(find "$folder" -type f)" = "$folder/my notes.txt" ] || fail "files left, or too many removed"
    [ ! -e "$menu" ] || fail "the menu entry is still there"
    find "$local_data/audit-desktop" -type f | sort | diff "$work/kept" - || fail "data was removed"
    [ -s "$work/one.audit" ] || fail "an audit was removed"
    key "$classes\\AuditDesktop.Audit" && fail "the class is still there"
    key "$classes\\.audit" && fail "the type is still there"
    return 0
}

echo "-- for all users: installed, used, refused while running, upgraded and removed"
prove "$(ls "$stage"/*-setup-all-users.exe)" "$WINEPREFIX/drive_c/Program Files/Audit Desktop" HKLM \
    "$WINEPREFIX/drive_c/ProgramData/Microsoft/Windows/Start Menu/Programs/Audit Desktop.lnk"
echo "-- for one person: the same"
wait "$maker" || fail "the installer for one person"
maker=""
users_menu="$(windows_value APPDATA)/Microsoft/Windows/Start Menu/Programs"
prove "$(ls "$stage"/*-setup.exe)" "$local_data/Programs/Audit Desktop" HKCU "$users_menu/Audit Desktop.lnk"

echo "-- the portable copy keeps everything beside it"
unzip -q "$frozen"/audit-desktop-*-portable.zip -d "$stage"
rm -rf "$local_data/audit-desktop"
portable="$(windows_path "$stage/audit-desktop/audit-desktop.exe")"
off_screen "$portable" "$(windows_path "$stage/work-HKCU/one.audit")" --exit-when-ready || fail "the window of the portable copy"
[ -n "$(find "$stage/audit-desktop/audit-desktop-data" -type f)" ] || fail "the portable copy kept nothing beside it"
[ ! -e "$local_data/audit-desktop" ] || fail "the portable copy wrote to $local_data"
echo "proven: both installers and the portable copy, under $(wine --version 2>/dev/null)"
