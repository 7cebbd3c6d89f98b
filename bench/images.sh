#!/usr/bin/env bash
# Makes the images that the benchmarks read: a GPT disk with an ext4 filesystem full of files, in every format.
# Usage: bench/images.sh FOLDER [full|quick]     full: 8 GiB disk, about 2.4 GB of files; quick: 1 GiB, 300 MB
set -euo pipefail
folder=${1:?usage: bench/images.sh FOLDER [full|quick]}
scale=${2:-full}
case $scale in
full) disk=8G fill=2400 ;;
quick) disk=1G fill=300 ;;
*) echo "unknown size $scale: full or quick" >&2; exit 2 ;;
esac
mkdir -p "$folder"
cd "$folder"
[ -f complete-$scale ] && exit 0
raw=disk.raw

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

# Real files of this machine, of all kinds, until there is enough of them: programs, libraries, text, archives.
collect() {
    local want=$(($1 * 1000000)) have=0 file size
    find /usr -xdev -type f -size +0 -printf '%s %p\n' 2>/dev/null | sort -k2 | while read -r size file; do
        [ "$size" -gt 200000000 ] && continue
        have=$((have + size))
        printf '%s\0' "$file"
        [ "$have" -ge "$want" ] && break
    done
}
say "collecting $fill MB of files"
rm -rf files && mkdir files
collect "$fill" | tar --null -T - -cf - 2>/dev/null | tar -xf - -C files --no-same-owner || true
say "making the disk"
rm -f $raw
truncate -s $disk $raw
sgdisk -n 1:2048:0 -t 1:8300 -c 1:root $raw > /dev/null
mke2fs -q -t ext4 -b 4096 -d files -E offset=1048576 $raw "$((($(stat -c %s $raw) - 2097152) / 1024))k"
rm -rf files

convert() { say "$1"; qemu-img convert -f raw -O "$2" "${@:3}" $raw "$1"; }
convert plain.qcow2 qcow2
convert zlib.qcow2 qcow2 -c
convert zstd.qcow2 qcow2 -c -o compression_type=zstd
convert plain.vmdk vmdk
convert stream.vmdk vmdk -o subformat=streamOptimized
convert disk.vhd vpc -o force_size=on
convert disk.vhdx vhdx
convert disk.vdi vdi
say disk.raw.gz; gzip -6 -c $raw > disk.raw.gz
say disk.raw.zst; zstd -q -T0 -3 -f $raw -o disk.raw.zst
say one.raw.xz; xz -1 -T1 -c $raw > one.raw.xz &
say many.raw.xz; xz -1 -T2 --block-size=24MiB -c $raw > many.raw.xz
wait
say empty.qcow2; qemu-img create -q -f qcow2 empty.qcow2 100G
say wide.qcow2; qemu-img create -q -f qcow2 -o preallocation=metadata wide.qcow2 2T
touch complete-$scale
say done
