#!/usr/bin/env bash
# Packs the few Debian packages that the container image needs as an archive of a base image. Nothing is installed, and
# root is not needed; apt must know a Debian release.
#
#   base.sh [--plain|--support] OUT.tar      --support: with a shell and qemu-img, for a look from inside
#
# OUT.tar may be tar://OUT.tar; where it is no archive, since another base is chosen, there is nothing to do.
set -euo pipefail

die() {
    echo "base.sh: $*" >&2
    exit 1
}

support=
case ${1:-} in
--support) support=yes && shift ;;
--plain) shift ;;
esac
[ $# = 1 ] || die "base.sh [--plain|--support] OUT.tar"
case $1 in
tar://*/target/base.tar) out=${1#tar://} ;;
*://* | *:*) exit 0 ;;
*) out=$(realpath -m "$1") ;;
esac
command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null ||
    die "apt is missing, which has Debian's packages; give another base image: -Dimage.base=debian:bookworm-slim"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Where apt has no lists, it gets some of its own for this once.
apt=()
if ! apt-get -qq --print-uris download libc6 > /dev/null 2>&1; then
    mkdir -p "$folder"/apt/{lists,cache}/partial
    apt=(-o "Dir::State::Lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache")
    apt-get -qq "${apt[@]}" update > "$folder/log" 2>&1 || die "$(tail -n 3 "$folder/log")"
fi

# The C library, what links against it in the JRE, and what cdi uses where it finds it.
packages=(libc6 libgcc-s1 libdeflate0 libssl3)
if [ $support ]; then
    # What a package needs; a configuration dialog and what comes with it are not wanted.
    mapfile -t packages < <(apt-cache "${apt[@]}" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
        --no-replaces --no-enhances "${packages[@]}" bash coreutils qemu-utils procps |
        grep -E '^[a-z0-9]' | grep -vE '^(debconf.*|perl.*|cdebconf|dpkg|tar|init.*|install-info|libdebconf.*|qemu-block-extra|.*:.*)$' | sort -u)
fi

mkdir -p "$folder/packages" "$folder/root" "$folder/archive"
(cd "$folder/packages" && apt-get -qq "${apt[@]}" download "${packages[@]}" > "$folder/log" 2>&1) || die "$(tail -n 3 "$folder/log")"
root=$folder/root
for package in "$folder"/packages/*.deb; do
    dpkg-deb -x "$package" "$root"
done
# Debian's newer layout, in which /lib is /usr/lib.
for name in bin sbin lib lib64; do
    mkdir -p "$root/usr/$name"
    if [ -d "$root/$name" ] && [ ! -L "$root/$name" ]; then
        cp -a "$root/$name/." "$root/usr/$name/"
        rm -r "${root:?}/$name"
    fi
    ln -sfn "usr/$name" "$root/$name"
done
rm -rf "$root"/usr/share/{doc,man,lintian,locale,info,i18n,bash-completion} "$root"/usr/lib/*/{gconv,perl-base} "$root"/var
mkdir -p "$root"/{etc,tmp,dev,proc,sys,run,var/tmp}
chmod 1777 "$root/tmp" "$root/var/tmp"
echo 'root:x:0:0:root:/:/usr/sbin/nologin
qemu:x:107:107:qemu:/:/usr/sbin/nologin' > "$root/etc/passwd"
echo 'root:x:0:
qemu:x:107:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
(cd "$folder/packages" && ls | sed 's/_/ /; s/_/ /; s/\.deb$//') > "$root/etc/packages"

tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1 -cf "$folder/archive/layer.tar" -C "$root" .
digest=$(sha256sum < "$folder/archive/layer.tar")
jq -nc --arg layer "sha256:${digest%% *}" --arg architecture "$(dpkg --print-architecture)" '{architecture: $architecture, os: "linux",
    config: {Env: ["PATH=/usr/bin:/usr/sbin"]}, rootfs: {type: "layers", diff_ids: [$layer]}, history: [{}]}' > "$folder/archive/config.json"
echo '[{"Config":"config.json","RepoTags":["base:1"],"Layers":["layer.tar"]}]' > "$folder/archive/manifest.json"
mkdir -p "$(dirname "$out")"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1 -cf "$out" -C "$folder/archive" config.json manifest.json layer.tar
