# shellcheck shell=sh
# What all packages begin with: names.sh is read by the scripts beside it, called with BUNDLE FOLDER.
#
# VERSION is that of the package where it is to differ from the bundle's. Of two versions dpkg and rpm
# take 1.0rc1 for the later one, and 1.0~rc1 for the earlier.
# shellcheck disable=SC2034  # read by those that read this
{
    bundle=$1
    out=$2
    here=$(cd "$(dirname "$0")" && pwd)
    version=${VERSION:-$("$bundle/ccr" --version | cut -d ' ' -f 2)}
    package_version=$(echo "$version" | sed -E 's/([0-9])(a|b|rc|\.dev)([0-9]+)/\1~\2\3/')
    machine=$(uname -m)
    glibc=$(ldd --version | sed -n '1s/.* //p') # libraries of this system came along, which need it
}
