# Keys of a node, and its network: a namespace joined to this machine, so that both sides reach pods and services. Sourced by up.

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -keyout "pki/$1.key" -out "pki/$1.crt" 2> /dev/null
}

# certificate NAME SUBJECT ALTERNATIVE-NAMES [AUTHORITY]
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "pki/$1.key" -out "pki/$1.csr" 2> /dev/null
    openssl x509 -req -in "pki/$1.csr" -CA "pki/${4:-ca}.crt" -CAkey "pki/${4:-ca}.key" -CAcreateserial -days 30 \
        -out "pki/$1.crt" -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3") 2> /dev/null
}

kubeconfig() {
    cat > "$1.kubeconfig" << K
apiVersion: v1
kind: Config
current-context: test
clusters: [{name: test, cluster: {server: "https://$address:6443", certificate-authority-data: $(base64 -w 0 pki/ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w 0 "pki/$1.crt"), client-key-data: $(base64 -w 0 "pki/$1.key")}}]
contexts: [{name: test, context: {cluster: test, user: $1}}]
K
}

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
        kubeconfig "$user"
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
