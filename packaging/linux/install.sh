#!/bin/sh
# Puts Aftercare into the home folder of whoever runs it; no administrator rights. Run by the self-extracting installer.
# Exit codes: 0 done, 2 wrong use, 3 the program is open, 4 a newer version is installed, 5 this computer is too old,
# 6 the folder cannot be written.
set -eu
version=@VERSION@
glibc=@GLIBC@
machine=@MACHINE@

usage() {
    echo "usage: aftercare-$version-linux-$machine.run [--quiet] -- [--prefix DIR] [--allow-downgrade]"
    echo "  --quiet            unpack without a word (before --)"
    echo "  --prefix DIR       instead of $HOME/.local"
    echo "  --allow-downgrade  put an older version over a newer one"
}

say() { echo "$*" >&2; }

prefix=${HOME:-}/.local
downgrade=no
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -gt 1 ] || { usage >&2; exit 2; }; prefix=$2; shift 2 ;;
        --prefix=*) prefix=${1#--prefix=}; shift ;;
        --allow-downgrade) downgrade=yes; shift ;;
        --help|-h) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
place=$prefix/lib/aftercare

# true where $1 is an older version than $2
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

if [ "$(uname -m)" != "$machine" ]; then
    say "This build is for $machine; this computer is $(uname -m)."; exit 5
fi
found=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
if [ -z "$found" ] || older "$found" "$glibc"; then
    say "This build needs the C library glibc $glibc or newer; this system has ${found:-another one}."; exit 5
fi
if [ -r "$place/VERSION" ] && [ "$downgrade" = no ] && older "$version" "$(cat "$place/VERSION")"; then
    say "Version $(cat "$place/VERSION") is installed, newer than $version. Nothing was changed."; exit 4
fi
for link in /proc/[0-9]*/exe; do
    case $(readlink "$link" 2>/dev/null || true) in
        "$place"/aftercare|"$place"/aftercare-cli)
            say "Aftercare is open. Close it, then run this again. Nothing was changed."; exit 3 ;;
    esac
done

mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share" 2>/dev/null && [ -w "$prefix/lib" ] || {
    say "The folder $prefix cannot be written. Nothing was changed."; exit 6
}
# beside it first, then changed over by name: an installer that is cut off leaves the version before
rm -rf "$place.new" "$place.old"
cp -R program "$place.new" || { rm -rf "$place.new"; say "The disk is full. Nothing was changed."; exit 6; }
cp uninstall.sh "$place.new/uninstall.sh"
[ ! -e "$place" ] || mv "$place" "$place.old"
mv "$place.new" "$place"
rm -rf "$place.old"

ln -sf ../lib/aftercare/aftercare "$prefix/bin/aftercare"
ln -sf ../lib/aftercare/aftercare-cli "$prefix/bin/aftercare-cli"
cp -R share/. "$prefix/share/"
entry=$prefix/share/applications/aftercare.desktop
sed "s|^Exec=aftercare|Exec=\"$place/aftercare\"|" share/applications/aftercare.desktop > "$entry"
echo "Aftercare $version is installed. Start it from the menu, or as $prefix/bin/aftercare"
echo "Remove it with $place/uninstall.sh; records are never removed with it."
