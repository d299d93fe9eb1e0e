#!/usr/bin/env bash
# Freezes the program for Windows on Debian: packaging/windows/under_wine/freeze.sh FOLDER. Into FOLDER come
# `audit-desktop`, the frozen folder, and the portable ZIP. It proves the build of Windows on every change; what is
# published is built on Windows itself (.github/workflows/release.yml). Needs wine, mingw-w64, unzip and Python 3.11.
#
# A Windows Python is put together from packages: the library and its modules as python.org made them travel in the wheel of
# panda3d, which needs them to pack games; the modules written in Python are those of the Python at hand.
set -euo pipefail
target="$(realpath -m "$1")"
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
python="${PYTHON:-python3}"
stage="$(mktemp -d /var/tmp/audit-desktop-windows-XXXXXX)"
starting=""
. "$here/wine.sh"
trap 'wait $starting || true; end_wine; rm -rf "$stage"' EXIT
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || fail "the Windows Python is a 3.11, and so must be PYTHON"

windows_packages() { # windows_packages COMMAND "REQUIREMENTS…" ARGUMENT…: pip, as it would choose on Windows
    (cd "$root/requirements" && sed "s/ ; sys_platform == 'win32'//" $2) >"$stage/wanted.txt"
    "$python" -m pip "$1" --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary=:all: \
        --platform win_amd64 --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none \
        -r "$stage/wanted.txt" "${@:3}"
}

start_wine &
starting=$!

echo "-- a Windows Python"
home="$stage/python" packages="$stage/python/Lib/site-packages"
mkdir -p "$home/DLLs" "$packages"
windows_packages download windows-python.txt --dest "$stage"
unzip -q "$stage"/panda3d-*.whl 'deploy_libs/*' -d "$stage"
mv "$stage"/deploy_libs/{python311,VCRUNTIME140}.dll "$home"
mv "$stage"/deploy_libs/{*.pyd,lib*.dll,sqlite3.dll} "$home/DLLs"
tar --create --file=- --exclude=site-packages --exclude=lib-dynload --exclude=test --exclude=__pycache__ --exclude='config-*' \
    --directory "$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" . |
    tar --extract --file=- --directory "$home/Lib"
windows_packages install "run-windows.txt build.txt" --no-compile --target "$packages"
cp "$packages"/PySide6/{msvcp140*,vcruntime140_1}.dll "$home"
# PyInstaller takes minutes to look through what the list in bundle_contents.py leaves out anyway.
rm -rf "$packages"/PySide6/{qml,translations,opengl32sw.dll,Qt6Qml*,Qt6Quick*,Qt6Designer*,Qt6Shader*}
find "$packages/PySide6/plugins" -mindepth 1 -maxdepth 1 ! -name platforms ! -name styles -exec rm -r {} +
x86_64-w64-mingw32-gcc -municode -O1 -o "$home/python.exe" "$here/python.c"
# python3.dll has the same functions for libraries that do not care which 3 it is, each a word about where it really is.
x86_64-w64-mingw32-objdump -p "$home/python311.dll" |
    sed -n '/^\[Ordinal\/Name Pointer\] Table/,/^$/s/.* \([A-Za-z_]\w*\)$/  \1 = python311.\1/p' |
    sed '1i EXPORTS' >"$stage/python3.def"
echo 'int nothing;' | x86_64-w64-mingw32-gcc -shared -nostdlib -Wl,-e,0,--no-insert-timestamp,--disable-auto-image-base \
    -o "$home/python3.dll" -x c - -x none "$stage/python3.def"

echo "-- the program, frozen for Windows"
wait "$starting" || fail "Wine would not start"
mkdir "$stage/project"
for part in frameworks packaging requirements resources src LICENSE; do cp -r "$root/$part" "$stage/project"; done
moment="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || true)}"
# Python under Wine takes a pipe for its output, but no file.
patience=1200
(cd "$stage/project" && SOURCE_DATE_EPOCH="$moment" wine "$home/python.exe" packaging/freeze.py </dev/null 2>&1 | cat)
[ -f "$stage/project/build/frozen/audit-desktop/audit-desktop.exe" ] || fail "no program was made"
[ -f "$stage"/project/dist/audit-desktop-*-portable.zip ] || fail "no portable copy was made"
rm -rf "$target"
mkdir -p "$target"
mv "$stage/project/build/frozen/audit-desktop" "$stage"/project/dist/audit-desktop-*-portable.zip "$target"
