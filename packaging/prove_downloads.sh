#!/usr/bin/env bash
# Proves what people download on Linux: packaging/prove_downloads.sh FOLDER. Really installs the package of Debian, and
# removes it again: meant for CI. Needs root, desktop-file-utils, appstream, shared-mime-info and xmllint.
set -euo pipefail
downloads="$(realpath "$1")"
stage="$(mktemp -d /var/tmp/audit-desktop-downloads-XXXXXX)"
trap 'rm -rf "$stage"' EXIT
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
env -i HOME="$stage/home" QT_QPA_PLATFORM=offscreen "$folder/audit-desktop" new "$stage/one.audit" \
    --framework attendance-standards-rag --school "Hill Primary School" >/dev/null
env -i HOME="$stage/home" QT_QPA_PLATFORM=offscreen "$folder/audit-desktop" "$stage/one.audit" --exit-when-ready 2>/dev/null
[ -d "$folder/audit-desktop-data" ] && [ -z "$(find "$stage/home" -type f -path '*audit-desktop*')" ]

echo "-- the package of Debian, installed and removed"
dpkg-deb --info audit-desktop_*.deb | sed -n 's/^ \(Depends\|Installed-Size\):/\1:/p'
apt-get -qq install --no-install-recommends "$downloads"/audit-desktop_*.deb >/dev/null
[ "$(readlink -f /usr/bin/audit-desktop)" = /opt/audit-desktop/audit-desktop ]
env -i HOME="$stage/home" PATH=/usr/bin audit-desktop self-test 2>/dev/null | tail -n 1 | grep ' 0 failed'
apt-get -qq remove audit-desktop >/dev/null
[ ! -e /opt/audit-desktop ] && [ ! -e /usr/bin/audit-desktop ]
echo "proven: archive and package"
