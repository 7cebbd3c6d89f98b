# Keys for a Kubernetes of tests: an authority, certificates, kubeconfigs. Sourced, in a folder that has pki/.

# authority NAME
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -keyout "pki/$1.key" -out "pki/$1.crt" 2> /dev/null
}

# certificate NAME SUBJECT ALTERNATIVE-NAMES [AUTHORITY]: for clients and servers.
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "pki/$1.key" -out "pki/$1.csr" 2> /dev/null
    openssl x509 -req -in "pki/$1.csr" -CA "pki/${4:-ca}.crt" -CAkey "pki/${4:-ca}.key" -CAcreateserial -days 30 \
        -out "pki/$1.crt" -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3") 2> /dev/null
}

# kubeconfig USER SERVER
kubeconfig() {
    cat > "$1.kubeconfig" << K
apiVersion: v1
kind: Config
current-context: test
clusters: [{name: test, cluster: {server: "$2", certificate-authority-data: $(base64 -w 0 pki/ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w 0 "pki/$1.crt"), client-key-data: $(base64 -w 0 "pki/$1.key")}}]
contexts: [{name: test, context: {cluster: test, user: $1}}]
K
}
