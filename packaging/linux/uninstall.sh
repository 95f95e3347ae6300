#!/bin/sh
# Removes what the installer put there; records, settings and backups stay. Exit codes: 0 done, 3 the program is open.
set -eu
place=$(cd "$(dirname "$0")" && pwd)
prefix=${place%/lib/aftercare}
[ "$prefix" != "$place" ] || { echo "This is not where the installer puts it: $place" >&2; exit 2; }
for link in /proc/[0-9]*/exe; do
    case $(readlink "$link" 2>/dev/null || true) in
        "$place"/aftercare|"$place"/aftercare-cli)
            echo "Aftercare is open. Close it, then run this again." >&2; exit 3 ;;
    esac
done
for name in aftercare aftercare-cli; do
    [ "$(readlink "$prefix/bin/$name" 2>/dev/null)" != "../lib/aftercare/$name" ] || rm -f "$prefix/bin/$name"
done
rm -f "$prefix/share/applications/aftercare.desktop" "$prefix/share/metainfo/org.aftercare.records.metainfo.xml" \
    "$prefix/share/man/man1/aftercare.1.gz" "$prefix/share/man/man1/aftercare-cli.1.gz"
rm -f "$prefix"/share/icons/hicolor/*/apps/aftercare.*
rm -rf "$prefix/share/doc/aftercare"
cd /
rm -rf "$place"
echo "Aftercare is removed. The records stay in their folder."
