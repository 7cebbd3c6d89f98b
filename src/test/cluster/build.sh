#!/bin/sh
# Builds for the scenarios, from Go modules: Kubernetes with etcd in one program and, unless only "node" is asked for,
# what a node needs besides: cluster DNS, a CSI driver and its side-cars. Some ten minutes on two cores the first time,
# seconds after.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=${CDI_TEST_CACHE:-$HOME/.cache/datavolume-test}/bin
mkdir -p "$bin/new"
export CGO_ENABLED=0

cd "$here/node"
release=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
minor=${release#v1.}
version=k8s.io/component-base/version
go build -trimpath -o "$bin/new/node" -ldflags "-s -w -X $version.gitVersion=$release \
-X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*} -X $version.gitTreeState=clean" .
if [ "${1:-all}" = all ]; then
    cd "$here/addons"
    go build -trimpath -ldflags '-s -w' -o "$bin/new/" tool ./csi ./pause
    # The kinds of the snapshot side-cars, as their module has them.
    mkdir -p "$bin/crds" "$bin/images"
    install -m 644 "$(go list -m -f '{{.Dir}}' github.com/kubernetes-csi/external-snapshotter/client/v8)"/config/crd/snapshot.storage.*.yaml "$bin/crds"
fi
if [ "${1:-all}" = all ] && [ ! -x "$bin/helm" ]; then
    GOBIN=$bin/new go install helm.sh/helm/v4/cmd/helm@v4.3.1
fi
if [ "${1:-all}" = all ] && [ ! -e "$bin/images/look.tar" ]; then
    # A shell and qemu-img, for a look into volumes.
    "$here/../../../container/base.sh" --support "$bin/images/look.tar"
fi
# A program that runs is replaced, not changed.
mv -f "$bin/new/"* "$bin"
rmdir "$bin/new"
echo "$bin/node"
