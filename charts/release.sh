#!/usr/bin/env bash
# The chart as plain YAML, for those without helm: cdi-operator.yaml (namespace, kind, rights and deployment of the
# operator) and cdi-cr.yaml (the CDI resource).
#
#   charts/release.sh FOLDER [HELM-OPTION…]      HELM names the program, if it is another than helm
set -euo pipefail

chart=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)/cdi
folder=${1:?usage: charts/release.sh FOLDER [HELM-OPTION…]}
shift
template=("${HELM:-helm}" template cdi "$chart" --namespace cdi "$@")
mkdir -p "$folder"
{
    printf 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: cdi\n  labels: {cdi.kubevirt.io: ""}\n---\n'
    "${template[@]}" --include-crds --set cdi.create=false
} > "$folder/cdi-operator.yaml"
"${template[@]}" --show-only templates/cdi.yaml > "$folder/cdi-cr.yaml"
echo "$folder/cdi-operator.yaml $folder/cdi-cr.yaml"
