// Command node is Kubernetes for tests in one program: its first argument picks the part, the rest are that part's own
// flags. "node ports N" prints N loopback ports that are free.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

var parts = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllers.NewControllerManagerCommand,
	"kube-proxy":              proxy.NewProxyCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubelet":                 func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
}

func main() {
	if len(os.Args) < 2 {
		fail("which part? etcd, kube-apiserver, kube-controller-manager, kube-proxy, kube-scheduler, kubelet, ports")
	}
	os.Args = os.Args[1:]
	name := os.Args[0]
	switch command, known := parts[name]; {
	case known:
		os.Exit(cli.Run(command()))
	case name == "etcd":
		etcdmain.Main(os.Args)
	case name == "ports" && len(os.Args) == 2:
		ports(os.Args[1])
	default:
		fail("no part " + name)
	}
}

// All are held until the last is found, so that no port comes twice.
func ports(count string) {
	wanted, err := strconv.Atoi(count)
	if err != nil || wanted < 1 || wanted > 100 {
		fail("ports: a number from 1 to 100, not " + count)
	}
	for ; wanted > 0; wanted-- {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fail(err.Error())
		}
		defer listener.Close()
		fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, "node: "+message)
	os.Exit(2)
}
