#!/usr/bin/env bash
# Proves what people download on Linux: packaging/prove_downloads.sh FOLDER. Really installs the package of Debian, and
# removes it again: meant for CI. Needs root, desktop-file-utils, appstream, gio, lintian, shared-mime-info, xmllint
# and Xvfb.
set -euo pipefail
downloads="$(realpath "$1")"
stage="$(mktemp -d /var/tmp/audit-desktop-downloads-XXXXXX)"
server=""
trap '[ -z "$server" ] || kill "$server"; chmod -R u+w "$stage"; rm -rf "$stage"' EXIT
cd "$downloads"
sha256sum --check --strict --quiet SHA256SUMS

echo "-- the archive, unpacked"
tar --extract --xz --file audit-desktop-*-linux-x86_64.tar.xz --directory "$stage"
folder="$(echo "$stage"/audit-desktop-*)"
"$folder/audit-desktop" --version
share="$folder/share"
desktop-file-validate "$share/applications/audit-desktop.desktop"
appstreamcli validate --no-net "$share"/metainfo/*.xml
xmllint --noout "$share/mime/packages/audit-desktop.xml" "$share"/metainfo/*.xml
mkdir "$stage/mime" && cp -r "$share/mime/packages" "$stage/mime"
update-mime-database "$stage/mime"
grep -q 'application/vnd.audit-desktop+zip:\*.audit' "$stage/mime/globs"

echo "-- a copy with the marker beside it keeps everything beside it"
touch "$folder/portable"
mkdir "$stage/home"
# Whatever takes longer, hangs.
alone() { timeout --kill-after=10 240 env -i HOME="$stage/home" LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen "$@"; }
alone "$folder/audit-desktop" new "$stage/one.audit" --framework attendance-standards-rag --school "Hill Primary School" >/dev/null
alone "$folder/audit-desktop" "$stage/one.audit" --exit-when-ready 2>/dev/null
[ -n "$(find "$folder/audit-desktop-data" -type f)" ]
# The system's cache of fonts is not the program's.
[ -z "$(find "$stage/home" -type f -not -path '*/fontconfig/*')" ]
echo "-- and does without where its folder is read-only"
rm -r "$folder/audit-desktop-data"
chmod -R a-w "$folder" && chmod a+rx "$stage" && chown nobody "$stage/one.audit" "$stage/home"
alone setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
    "$folder/audit-desktop" "$stage/one.audit" --exit-when-ready 2>/dev/null
[ ! -e "$folder/audit-desktop-data" ] && [ -z "$(find "$stage/home" -type f -not -path '*/fontconfig/*')" ]

echo "-- the package of Debian, installed and removed"
lintian --allow-root --fail-on error,warning "$downloads"/audit-desktop_*.deb
dpkg-deb --info audit-desktop_*.deb | sed -n 's/^ \(Depends\|Installed-Size\):/\1:/p'
apt-get -qq install --no-install-recommends "$downloads"/audit-desktop_*.deb >/dev/null
[ "$(readlink -f /usr/bin/audit-desktop)" = /opt/audit-desktop/audit-desktop ]
alone PATH=/usr/bin audit-desktop self-test 2>/dev/null | tail -n 1 | grep ' 0 failed'
echo "-- a double click on an audit opens it"
mkdir -p /tmp/.X11-unix
exec 3<><(:)
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 2>/dev/null &
server=$!
read -r -t 60 -u 3 display || { echo "no virtual screen" >&2; exit 1; }
timeout 60 env -i HOME="$stage/home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 DISPLAY=":$display" gio open "$stage/one.audit"
for _ in $(seq 300); do [ -e "$stage/~\$one.audit" ] && break; sleep 0.2; done
[ -e "$stage/~\$one.audit" ]
its_line="^audit-desktop $stage/one.audit$"
pkill -f "$its_line"
# One that has ended is there, without its line, until whoever became its parent asks for it: in a container nobody may.
for _ in $(seq 150); do pgrep -f "$its_line" >/dev/null || break; sleep 0.2; done
if pgrep -f "$its_line"; then
    echo "the window would not close" >&2
    exit 1
fi
kill "$server" && server=""
apt-get -qq remove audit-desktop >/dev/null
[ ! -e /opt/audit-desktop ] && [ ! -e /usr/bin/audit-desktop ]
echo "proven: archive and package"
