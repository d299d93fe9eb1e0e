# What the scripts that use Wine have in common, to be sourced after `stage` names a folder that may be filled.
# Left to itself, Wine would write the menu entries and file types of Windows into the menus of this system.
export WINEPREFIX="$stage/wine" WINEDEBUG=-all WINEARCH=win64 WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe="
unset DISPLAY WAYLAND_DISPLAY
wineserver="$(command -v wineserver || ls /usr/lib/wine/wineserver64 | head -n 1)"
patience=240 # seconds; whatever waits longer, waits for ever
fail() { echo "failed: $*" >&2; exit 1; }
wine() { timeout --kill-after=10 "$patience" wine "$@"; }
unix_path() { timeout "$patience" winepath -u "$1" 2>/dev/null; }
windows_path() { timeout "$patience" winepath -w "$1" 2>/dev/null; }
windows_value() { unix_path "$(wine cmd /c "echo %$1%" 2>/dev/null </dev/null | tr -d '\r')"; }

start_wine() { # makes a Windows 10 below the stage
    mkdir -p "$WINEPREFIX"
    "$wineserver" -p >/dev/null 2>&1 # stays between the calls: its start costs more than they do
    timeout "$patience" wineboot --init >/dev/null 2>&1
    wine winecfg -v win10 >/dev/null 2>&1
    # A library of every Windows 10 that Wine lacks, and that what is compiled from Rust asks for.
    x86_64-w64-mingw32-gcc -shared -O1 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
        "$(dirname "${BASH_SOURCE[0]}")/bcryptprimitives.c" -ladvapi32
}
end_wine() { timeout 60 "$wineserver" -k 2>/dev/null || true; }
