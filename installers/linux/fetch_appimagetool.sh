#!/bin/sh
# Fetch what joins an AppImage, and print the program to call: fetch_appimagetool.sh FOLDER
#
# It is given the program that mounts the image: otherwise it would fetch whatever is newest.
set -eu

folder=$1
machine=$(uname -m)
case $machine in
x86_64)
    tool=ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0
    mounter=2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d
    ;;
aarch64)
    tool=f0837e7448a0c1e4e650a93bb3e85802546e60654ef287576f46c71c126a9158
    mounter=00cbdfcf917cc6c0ff6d3347d59e0ca1f7f45a6df1a428a0d6d8a78664d87444
    ;;
*)
    echo "There is no AppImage tool for $machine." >&2
    exit 1
    ;;
esac

fetch() { # FILE SHA256 ADDRESS
    curl --fail --silent --show-error --location --retry 3 --proto '=https' --output "$folder/$1" \
        "https://github.com/AppImage/$3"
    echo "$2  $folder/$1" | sha256sum --check --quiet >&2
}
mkdir -p "$folder"
fetch appimagetool.AppImage $tool "appimagetool/releases/download/1.9.1/appimagetool-$machine.AppImage"
fetch runtime $mounter "type2-runtime/releases/download/20251108/runtime-$machine"
chmod +x "$folder/appimagetool.AppImage"

# It is an AppImage itself, and mounts nothing where there is no FUSE.
cat >"$folder/appimagetool" <<END
#!/bin/sh
APPIMAGE_EXTRACT_AND_RUN=1 exec "$folder/appimagetool.AppImage" --runtime-file "$folder/runtime" "\$@"
END
chmod +x "$folder/appimagetool"
echo "$folder/appimagetool"
