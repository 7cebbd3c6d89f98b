# Keys of a node, and its network: a namespace joined to this machine, so that both sides reach pods and services. Sourced by up.

keys() {
    local user
    authority ca
    authority front
    certificate apiserver /CN=kube-apiserver "IP:$address,IP:${services%0.0/16}0.1,IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc"
    certificate node1 /O=system:nodes/CN=system:node:node1 "IP:$address,DNS:node1"
    certificate admin /O=system:masters/CN=admin DNS:admin
    certificate controllers /CN=system:kube-controller-manager DNS:controllers
    certificate scheduler /CN=system:kube-scheduler DNS:scheduler
    certificate proxy /CN=system:kube-proxy DNS:proxy
    certificate aggregator /CN=front-proxy-client DNS:front-proxy-client front
    openssl genrsa -out pki/accounts.key 2048 2> /dev/null
    for user in admin controllers scheduler proxy node1; do
        kubeconfig "$user" "https://$address:6443"
    done
}

network() {
    local controller file
    # The kubelet's root must be there in each hierarchy of cgroups, version 1.
    for controller in pids cpuset memory cpu cpuacct systemd; do
        if [ -d "/sys/fs/cgroup/$controller" ]; then
            mkdir -p "/sys/fs/cgroup/$controller/$namespace"
        fi
    done
    for file in cpus mems; do
        if [ -e "/sys/fs/cgroup/cpuset/cpuset.$file" ]; then
            cat "/sys/fs/cgroup/cpuset/cpuset.$file" > "/sys/fs/cgroup/cpuset/$namespace/cpuset.$file"
        fi
    done
    ip netns add "$namespace"
    ip link add "$link" type veth peer name eth0 netns "$namespace"
    ip addr add "$gateway/24" dev "$link"
    ip link set "$link" up
    ip -n "$namespace" addr add "$address/24" dev eth0
    ip -n "$namespace" link set eth0 up
    ip -n "$namespace" link set lo up
    # Without it the API server wants another address, and services do not answer.
    ip -n "$namespace" route add default via "$gateway"
    ip route add "$services" via "$address"
    ip route add "$pods" via "$address"
}
