package io.datavolume.scenarios.installation;

import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.cluster.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** The chart, and helm, which the tests build for themselves. */
final class Chart {

    private static final Path FOLDER = Path.of("../../charts/cdi").toAbsolutePath().normalize();
    private static final Path HELM = Path.of(System.getenv().getOrDefault("CDI_TEST_CACHE",
            System.getProperty("user.home") + "/.cache/datavolume-test"), "bin", "helm");
    /** Values for the image that is on the node already. */
    private static final List<String> ON_NODE = List.of("--set", "image.registry=docker.io/library/", "--set",
            "image.pullPolicy=Never");

    private Chart() {}

    static String helm(String... words) throws Exception {
        if (!Files.isExecutable(HELM)) {
            throw new TestAbortedException(HELM + " is missing; src/test/cluster/build.sh makes it");
        }
        List<String> command = new ArrayList<>(List.of(HELM.toString()));
        for (String word : words) {
            command.add(word.equals("CHART") ? FOLDER.toString() : word);
        }
        return Cdi.tool(command.toArray(String[]::new));
    }

    /** Runs helm on the node's cluster. */
    static String onNode(Node node, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--kubeconfig", node.plane().kubeconfig().toString(), "--namespace", "cdi"));
        if (words[0].equals("install")) {
            all.addAll(ON_NODE);
        }
        return helm(all.toArray(String[]::new));
    }

    /** The folder, with the plain YAML of a release in it. */
    static Path release(Path folder) throws Exception {
        Cdi.tool("env", "HELM=" + HELM, FOLDER.resolveSibling("release.sh").toString(), folder.toString());
        return folder;
    }

    /** What helm says when it fails. */
    static String refusal(String... words) throws Exception {
        try {
            helm(words);
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("helm takes " + List.of(words));
    }
}
