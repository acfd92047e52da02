#!/bin/sh
# Sign a program for Windows, in place: sign.sh FILE
#
# build_installer.sh says which variables it takes.
set -eu

file=$1
signed=$file.signed
set -- -pkcs12 "$CODESIGN_PFX" -readpass "$CODESIGN_PASSWORD_FILE" -h sha256 -n "CCR Desktop"
timestamp=${CODESIGN_TIMESTAMP-http://timestamp.digicert.com}
if [ -n "$timestamp" ]; then
    set -- "$@" -ts "$timestamp"
fi
osslsigncode sign "$@" -in "$file" -out "$signed"
mv "$signed" "$file"
