#!/bin/sh
# Build what is published of one version: build-release.sh PYTHON FOLDER
# Wheel and sdist, checked as PyPI does; what the wheel brings along (CycloneDX); checksums of all.
set -eu
python=$1
folder=$2

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools/build"
"$python" -m venv "$tools/installed"
"$tools/build/bin/pip" install --quiet --disable-pip-version-check \
    "build==1.6.1" "twine==7.0.0" "cyclonedx-bom==7.5.0"

rm -rf "$folder"
"$tools/build/bin/python" -m build --outdir "$folder" . >/dev/null
"$tools/build/bin/twine" check --strict "$folder"/*

"$tools/installed/bin/pip" install --quiet --disable-pip-version-check "$folder"/*.whl
version=$("$tools/installed/bin/ccr" --version)
# What users get, without pip itself.
"$tools/installed/bin/pip" uninstall --quiet --yes setuptools pip
"$tools/build/bin/cyclonedx-py" environment --output-reproducible --pyproject pyproject.toml \
    --output-file "$folder/ccr-desktop.cdx.json" "$tools/installed/bin/python"

cd "$folder"
sha256sum -- * >SHA256SUMS
echo "$version"
cat SHA256SUMS
