#!/bin/sh
# Make an RPM package of the bundle: build_rpm.sh BUNDLE FOLDER
#
# PYTHON is an interpreter that has CCR Desktop and Qt. COMPRESSION is xz (small) or zstd (quick).
set -eu

# shellcheck source=installers/linux/names.sh
. "$(dirname "$0")/names.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sh "$here/payload.sh" "$bundle" "$work/payload" rpm
case ${COMPRESSION:-xz} in
    xz) payload=w9.xzdio ;;
    *) payload=w1.zstdio ;;
esac
rpmbuild -bb --quiet --target "$machine" \
    --define "_topdir $work/rpmbuild" --define "_rpmdir $work/built" --define "_build_id_links none" \
    --define "version_here $package_version" --define "payload_here $work/payload" \
    --define "packager The CCR Desktop developers <noreply@ccr-desktop.invalid>" \
    --define "glibc_here $glibc" --define "_binary_payload $payload" \
    "$here/ccr-desktop.spec"
mkdir -p "$out"
mv "$work/built/$machine"/*.rpm "$out"
echo "$out/ccr-desktop-$package_version-1.$machine.rpm"
