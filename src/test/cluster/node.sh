# What up, down and the scenarios' own faults share. Sourced.
home=$(realpath -m "${CDI_TEST_NODE:-${CDI_TEST_CACHE:-$HOME/.cache/datavolume-test}/node}")
bin=${CDI_TEST_CACHE:-$HOME/.cache/datavolume-test}/bin
export CDI_TEST_HOME=$home CDI_TEST_BIN=$bin KUBECONFIG=$home/admin.kubeconfig

namespace=cdi-test
link=cdi-test-host
gateway=10.89.0.1
address=10.89.0.11
services=10.96.0.0/16
pods=10.88.0.0/16
dns=10.96.0.10
export CDI_TEST_ADDRESS=$address
# Not "ip netns exec", which hides the cgroups.
inside=(nsenter --net=/run/netns/$namespace)

die() {
    echo "cluster: $*" >&2
    exit 1
}

# start PART COMMAND…: in the background, its process in run/PART.pid, its words in log/PART.log.
start() {
    local part=$1
    shift
    setsid "$@" >> "$home/log/$part.log" 2>&1 < /dev/null &
    echo $! > "$home/run/$part.pid"
    disown
}

# stop PART: kills it, if it is the program that was started under that number.
stop() {
    local pid
    [ -f "$home/run/$1.pid" ] || return 0
    pid=$(cat "$home/run/$1.pid")
    rm -f "$home/run/$1.pid"
    grep -qaF -e "$home" -e "$bin" "/proc/$pid/cmdline" 2> /dev/null || return 0
    kill -KILL "$pid" 2> /dev/null || return 0
    # A process that is dead and not yet buried has no words left.
    while grep -qa . "/proc/$pid/cmdline" 2> /dev/null; do sleep 0.02; done
}

ask() {
    curl -sSf -m 2 --cacert "$home/pki/ca.crt" --cert "$home/pki/admin.crt" --key "$home/pki/admin.key" "https://$address:6443$1"
}

ready() {
    [ "$(kubectl get node node1 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]
}

start_apiserver() {
    cd "$home"
    start apiserver "${inside[@]}" "$bin/node" kube-apiserver --etcd-servers http://127.0.0.1:2379 \
        --advertise-address "$address" --secure-port 6443 --kubelet-preferred-address-types InternalIP \
        --tls-cert-file pki/apiserver.crt --tls-private-key-file pki/apiserver.key --client-ca-file pki/ca.crt \
        --cert-dir run/apiserver-pki --kubelet-client-certificate pki/admin.crt --kubelet-client-key pki/admin.key \
        --kubelet-certificate-authority pki/ca.crt --service-account-key-file pki/accounts.key \
        --service-account-signing-key-file pki/accounts.key --service-account-issuer https://kubernetes.default.svc \
        --service-cluster-ip-range "$services" --authorization-mode Node,RBAC --allow-privileged \
        --enable-admission-plugins NodeRestriction --requestheader-client-ca-file pki/front.crt \
        --requestheader-allowed-names front-proxy-client --requestheader-username-headers X-Remote-User \
        --requestheader-group-headers X-Remote-Group --requestheader-extra-headers-prefix X-Remote-Extra- \
        --proxy-client-cert-file pki/aggregator.crt --proxy-client-key-file pki/aggregator.key
}
