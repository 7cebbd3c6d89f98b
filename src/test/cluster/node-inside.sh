# Runs in the node's namespaces: containerd, then the kubelet. Arguments are archives of container images.
set -euo pipefail
home=$CDI_TEST_HOME

mount --make-rprivate /
mount --make-rshared /
hostname node1
# The kubelet sets these; it shall see what it wants and change nothing of the machine.
for file in vm/overcommit_memory kernel/panic kernel/panic_on_oops vm/panic_on_oom kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
    if [ -e "/proc/sys/$file" ]; then
        shadow=$home/run/sys_${file//\//_}
        cat "/proc/sys/$file" > "$shadow"
        mount --bind "$shadow" "/proc/sys/$file"
    fi
done
# A loop, so that a scenario can restart it.
bash -c 'while [ -e "$0/run/containerd.loop" ]; do containerd -c "$0/etc/containerd.toml" & echo $! > "$0/run/containerd.pid"; wait $! || true; done' \
    "$home" >> "$home/log/containerd.log" 2>&1 &
for ((i = 0; i < 100; i++)); do
    ctr -a "$home/run/containerd.sock" version > /dev/null 2>&1 && break
    sleep 0.1
done
for image in "$home"/images/*.tar "$CDI_TEST_BIN"/images/*.tar "$@"; do
    ctr -a "$home/run/containerd.sock" -n k8s.io images import "$image"
done
exec "$CDI_TEST_BIN/node" kubelet --config "$home/etc/kubelet.yaml" --kubeconfig "$home/node1.kubeconfig" \
    --hostname-override node1 --node-ip "$CDI_TEST_ADDRESS" --root-dir "$home/run/kubelet" --cert-dir "$home/run/kubelet-pki" --v 2
