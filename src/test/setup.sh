#!/usr/bin/env bash
# Installs the programs that the tests run against, where one is missing: Debian packages, as root; others are told
# what is missing. Nothing is started and nothing is left running.
set -euo pipefail

# program:package
needs=(
    qemu-img:qemu-utils nginx:nginx-light nbdkit:nbdkit nbdcopy:libnbd-bin fusermount3:fuse3 skopeo:skopeo
    sgdisk:gdisk sfdisk:fdisk mke2fs:e2fsprogs mkfs.xfs:xfsprogs bzip2:bzip2 xz:xz-utils zstd:zstd
    htpasswd:apache2-utils openssl:openssl jq:jq time:time prlimit:util-linux flock:util-linux mvn:maven
    setpriv:util-linux curl:curl go:golang-go
)
# Of the node, which only root can start.
if [ "$(id -u)" -eq 0 ]; then
    needs+=(containerd:containerd runc:runc iptables:iptables ip:iproute2 conntrack:conntrack bc:bc
        /usr/lib/cni/bridge:containernetworking-plugins)
fi

# Debian keeps some programs out of other users' PATH.
PATH=$PATH:/usr/sbin:/sbin
missing=()
for need in "${needs[@]}"; do
    type -P "${need%%:*}" > /dev/null || missing+=("${need##*:}")
done
# A library, which cdi uses where it finds it.
ldconfig -p | grep -q 'libdeflate\.so\.0' || missing+=(libdeflate0)
ldconfig -p | grep -q 'libcrypto\.so\.3' || missing+=(openssl)
[ ${#missing[@]} -eq 0 ] && exit 0
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)

if ! command -v apt-get > /dev/null; then
    echo "The tests need programs that are missing here. Debian's packages are: ${missing[*]}" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need programs that are missing here. Install them: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi

echo "Installing ${missing[*]}" >&2
# Packages of servers start them when they are installed, unless this script forbids it.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' > $policy
    chmod 755 $policy
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install "${missing[@]}" > /dev/null
# Nor is it to start with the machine from now on.
if [[ " ${missing[*]} " = *" nginx-light "* ]] && command -v systemctl > /dev/null; then
    systemctl -q disable nginx || true
fi
