package io.datavolume.standalone;

import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.wire.Installer;
import io.datavolume.operator.Facts;
import io.datavolume.operator.InstallPlanner;
import io.datavolume.operator.OperatorSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Prints what the operator would install. */
@Command(name = "manifests", description = "Prints the objects that the operator installs for a CDI resource, as YAML.", footerHeading = "%nExamples:%n", footer = {
    "  cdi manifests --image registry.example.org/cdi:1.0 | kubectl diff -f -",
    "  cdi manifests -f cdi-cr.yaml --namespace storage",
    "  cdi manifests --operator    what the operator itself needs, but its deployment"})
final class ManifestsCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Option(names = {"-f",
        "--filename"}, paramLabel = "FILE", description = "A manifest of the CDI resource. Left out, one without any wish.")
    private @Nullable Path file;

    @Option(names = "--image", paramLabel = "NAME", defaultValue = "cdi:latest", description = "Container image of all components. Default: ${DEFAULT-VALUE}")
    private String image = "";

    @Option(names = {"-n",
        "--namespace"}, defaultValue = "cdi", description = "Of the installation. Default: ${DEFAULT-VALUE}")
    private String namespace = "";

    @Option(names = "--pull-policy", defaultValue = "IfNotPresent", description = "Always, IfNotPresent or Never. Default: ${DEFAULT-VALUE}")
    private String pullPolicy = "";

    @Option(names = "--no-cluster-resources", description = "Without definitions of kinds and cluster roles.")
    private boolean namespaced;

    @Option(names = "--operator", description = "What the operator itself needs: its kind, account and roles.")
    private boolean operator;

    @Override
    public Integer call() throws IOException {
        PrintStream out = Objects.requireNonNull(parent).streams().out();
        objects().forEach(object -> out.print(Serialization.OF_OBJECTS.asYaml(object)));
        out.flush();
        return ExitCode.DONE.number();
    }

    private List<HasMetadata> objects() throws IOException {
        if (operator) {
            return InstallPlanner.ofOperator(namespace);
        }
        Cdi cdi = new Cdi();
        cdi.setMetadata(new ObjectMeta());
        if (file != null) {
            cdi = Serialization.OF_OBJECTS.unmarshal(Files.readString(file), Cdi.class);
        }
        OperatorSettings settings = new OperatorSettings(namespace, !namespaced, VersionCommand.version(),
                OperatorSettings.Images.all(image), "1", pullPolicy, Optional.empty(), Installer.NONE);
        return new ArrayList<>(InstallPlanner.objects(cdi, settings, Facts.NONE));
    }
}
