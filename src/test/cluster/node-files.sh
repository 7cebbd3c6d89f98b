# Configuration of a node's parts, and the image of its sandboxes. Sourced by up, in the node's folder.

configure() {
    echo "nameserver $gateway" > etc/resolv.conf
    cat > etc/containerd.toml << K
version = 2
root = "$home/run/containerd-root"
state = "$home/run/containerd-state"
[grpc]
  address = "$home/run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  # Without CAP_SYS_RESOURCE every sandbox would die.
  restrict_oom_score_adj = true
  sandbox_image = "local/pause:1"
  # Block volumes belong to the user of the pod.
  device_ownership_from_security_context = true
  # In the node's folder, which down removes, and not in /run/netns of the machine.
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$home/etc/registries"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$home/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
K
    mkdir -p "etc/registries/$gateway:5000"
    echo "[host.\"http://$gateway:5000\"]" > "etc/registries/$gateway:5000/hosts.toml"
    cat > net.d/10-bridge.conflist << K
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
 {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
  "ipam": {"type": "host-local", "dataDir": "$home/run/ipam", "ranges": [[{"subnet": "$pods"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
 {"type": "portmap", "capabilities": {"portMappings": true}}, {"type": "firewall"}]}
K
    cat > etc/kubelet.yaml << K
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: /$namespace
containerRuntimeEndpoint: unix://$home/run/containerd.sock
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $home/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $home/pki/node1.crt
tlsPrivateKeyFile: $home/pki/node1.key
clusterDNS: [$dns]
clusterDomain: cluster.local
failSwapOn: false
maxPods: 250
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%"}
resolvConf: $home/etc/resolv.conf
serializeImagePulls: false
nodeStatusUpdateFrequency: 2s
syncFrequency: 5s
volumePluginDir: $home/run/volume-plugins
podLogsDir: $home/log/pods
K
    cat > etc/proxy.yaml << K
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: $pods
hostnameOverride: node1
clientConnection: {kubeconfig: $home/proxy.kubeconfig}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
K
    cat > etc/Corefile << K
.:53 {
  bind $address
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $home/admin.kubeconfig
    ttl 5
  }
  cache 5
}
K
    cat > etc/registry.yml << K
version: 0.1
storage: {filesystem: {rootdirectory: $home/run/registry}, delete: {enabled: true}}
http: {addr: "$gateway:5000"}
K
}

# The sandbox of every pod, as an archive that containerd loads.
pause_image() {
    local folder digest
    folder=$(mktemp -d)
    tar -cf "$folder/layer.tar" -C "$bin" pause
    digest=$(sha256sum < "$folder/layer.tar")
    jq -nc --arg layer "sha256:${digest%% *}" '{architecture: "amd64", os: "linux", config: {Cmd: ["/pause"]},
        rootfs: {type: "layers", diff_ids: [$layer]}}' > "$folder/config.json"
    echo '[{"Config":"config.json","RepoTags":["docker.io/local/pause:1"],"Layers":["layer.tar"]}]' > "$folder/manifest.json"
    tar -cf images/pause.tar -C "$folder" config.json manifest.json layer.tar
    rm -r "$folder"
}
