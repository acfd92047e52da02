#!/bin/sh
# Put the certificate that signs into a keychain of its own, on a build machine: not run yet.
# import_certificate.sh P12, with its password in P12_PASSWORD. The keychain ends with the machine.
set -eu

keychain=$HOME/Library/Keychains/release.keychain-db
password=$(openssl rand -hex 24)
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$1" -k "$keychain" -P "$P12_PASSWORD" -T /usr/bin/codesign
# Without this codesign asks a person for each file.
security set-key-partition-list -S apple-tool:,apple: -k "$password" "$keychain" >/dev/null
# The search list, with the new one first.
# shellcheck disable=SC2046  # one word for each keychain, none of which has blanks here
security list-keychains -d user -s "$keychain" $(security list-keychains -d user | tr -d '"')
