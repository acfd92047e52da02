#!/bin/sh
# Make the disk image of macOS, on a Mac: build_dmg.sh APP FOLDER. Not run yet.
#
# APP is what PyInstaller made; it signs all programs and libraries in it if CODESIGN_IDENTITY is set
# while it runs ("Developer ID Application: ..."). The same variable here signs the image. VERSION is
# that of the app; by default what its Info.plist says.
# With NOTARY_KEY (a file), NOTARY_KEY_ID and NOTARY_ISSUER, of an App Store Connect API key, Apple
# notarises the image, and the ticket is stapled to it.
set -eu

app=$1
out=$2
version=${VERSION:-$(plutil -extract CFBundleShortVersionString raw "$app/Contents/Info.plist")}
case $(uname -m) in
arm64) machine=arm64 ;;
*) machine=x64 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --verify --deep --strict --verbose=2 "$app"
fi

image=$out/CCR-Desktop-$version-macos-$machine.dmg
mkdir -p "$out" "$work/image"
cp -R "$app" "$work/image/" # `cp -R` keeps the links inside frameworks, which the signature covers
ln -s /Applications "$work/image/Applications"
hdiutil create -volname "CCR Desktop" -srcfolder "$work/image" -fs HFS+ -format UDZO -ov "$image" >&2

if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --sign "$CODESIGN_IDENTITY" --timestamp "$image"
fi
if [ -n "${NOTARY_KEY:-}" ]; then
    xcrun notarytool submit "$image" --wait --timeout 30m \
        --key "$NOTARY_KEY" --key-id "$NOTARY_KEY_ID" --issuer "$NOTARY_ISSUER" >&2
    xcrun stapler staple "$image" >&2
    spctl --assess --type open --context context:primary-signature --verbose "$image" >&2
fi
echo "$image"
