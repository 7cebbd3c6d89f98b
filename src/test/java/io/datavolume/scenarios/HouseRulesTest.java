package io.datavolume.scenarios;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.datavolume.api.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may use whom, over the classes of all modules that are built. */
class HouseRulesTest {

    private static final String ROOT = "io.datavolume.";

    /** Each module with the modules that it may use; those that are not built yet have their place already. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("api", Set.of());
        MAY_USE.put("image", Set.of());
        MAY_USE.put("trust", Set.of());
        MAY_USE.put("importer", Set.of("image", "trust"));
        MAY_USE.put("storage", Set.of("api"));
        MAY_USE.put("scratch", Set.of("api", "storage"));
        MAY_USE.put("kubernetes", Set.of("api"));
        MAY_USE.put("cloner", Set.of("api", "storage", "trust", "importer"));
        MAY_USE.put("dataimportcron", Set.of("api", "storage", "importer"));
        MAY_USE.put("uploadproxy", Set.of("api", "trust"));
        MAY_USE.put("apiserver", Set.of("api", "storage", "trust"));
        MAY_USE.put("controller", Set.of("api", "storage", "scratch", "kubernetes", "trust", "importer", "cloner",
                "dataimportcron", "uploadproxy", "apiserver"));
        MAY_USE.put("operator", Set.of("api", "trust", "kubernetes", "controller"));
        MAY_USE.put("container", Set.of());
        MAY_USE.put("standalone", Set.copyOf(MAY_USE.keySet()));
    }

    /** Own exceptions of the data plane that are no {@code TransferException}, with the reason. */
    private static final Map<String, String> INTERNAL_EXCEPTIONS = Map.of(
            "io.datavolume.image.detect.GuardedLayout$SinkFailure",
            "carries a sink's exception through a format's code",
            "io.datavolume.importer.http.StalledException", "becomes Retryable where the connection is given up",
            "io.datavolume.standalone.node.NotReadyException", "becomes the state of a container that waits",
            "io.datavolume.standalone.QemuImg$FailedException",
            "another program's words; becomes the result's message");

    private static JavaClasses all;

    @BeforeAll
    static void readClasses() throws IOException {
        try (Stream<Path> modules = Files.list(HouseTest.ROOT)) {
            all = new ClassFileImporter()
                    .importPaths(modules.map(module -> module.resolve("target/classes")).filter(Files::isDirectory)
                            .toList());
        }
        assertTrue(all.size() > 300, "only " + all.size() + " classes found");
    }

    private static String[] packages(Stream<String> modules) {
        return modules.map(module -> ROOT + module + "..").toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(all);
    }

    @Test
    void everyClassBelongsToAModuleOfTheTable() {
        Set<String> modules = all.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()).replaceFirst("\\..*", "")).collect(
                        Collectors.toCollection(TreeSet::new));
        modules.removeAll(MAY_USE.keySet());
        assertEquals(Set.of(), modules);
    }

    @Test
    void modulesUseOnlyWhatTheTableAllows() {
        MAY_USE.forEach((module, allowed) -> check(noClasses().that().resideInAPackage(ROOT + module + "..").should()
                .dependOnClassesThat().resideInAnyPackage(packages(MAY_USE.keySet().stream()
                        .filter(other -> !other.equals(module) && !allowed.contains(other))))));
    }

    @Test
    void packagesOfTheDataPlaneFormNoCircle() {
        check(slices().matching("io.datavolume.image.(*)..").should().beFreeOfCycles());
        check(slices().matching("io.datavolume.importer.(*)..").should().beFreeOfCycles());
    }

    @Test
    void dataPlaneKnowsNoKubernetes() {
        check(noClasses().that().resideInAnyPackage("io.datavolume.image..", "io.datavolume.importer..",
                "io.datavolume.trust..").should().dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.kubernetes..", "io.datavolume.api.."));
    }

    @Test
    void onlyTheAdapterTalksToAnApiServer() {
        // The rest of that package is what a kind extends, and how it is written as JSON.
        check(noClasses().that().resideOutsideOfPackages("io.datavolume.kubernetes..").should().dependOnClassesThat(
                resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "io.fabric8.kubernetes.client.informers..",
                        "io.fabric8.kubernetes.client.http..", "io.fabric8.kubernetes.client.extended..")
                        .or(name("io.fabric8.kubernetes.client.KubernetesClient"))
                        .or(name("io.fabric8.kubernetes.client.KubernetesClientBuilder"))));
    }

    @Test
    void imageEngineKnowsNoNetworkClient() {
        check(noClasses().that().resideInAPackage("io.datavolume.image..").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "java.net.http.."));
    }

    @Test
    void plannersAreFreeOfNetworkAndClient() {
        check(noClasses().that().resideInAnyPackage("io.datavolume.storage..").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "java.net.http..", "java.net..",
                        "java.nio.channels.."));
    }

    @Test
    void plannersActOnNothing() {
        check(noClasses().that().haveSimpleNameEndingWith("Planner").or().resideInAPackage("io.datavolume.storage..")
                .should().dependOnClassesThat().areAssignableTo(Cluster.class));
    }

    @Test
    void onlyTheCommandParsesOptions() {
        check(noClasses().that().resideOutsideOfPackage("io.datavolume.standalone..").should().dependOnClassesThat()
                .resideInAnyPackage("picocli..", "me.tongfei.."));
    }

    @Test
    void layoutsDoNoIo() {
        check(noClasses().that()
                .resideInAnyPackage("io.datavolume.image.raw..", "io.datavolume.image.qcow2..",
                        "io.datavolume.image.vmdk..", "io.datavolume.image.vhd..", "io.datavolume.image.vhdx..",
                        "io.datavolume.image.vdi..")
                .should().dependOnClassesThat().resideInAnyPackage("java.nio.file..", "java.nio.channels..",
                        "io.datavolume.image.decode..", "io.datavolume.image.volume..", "io.datavolume.image.os.."));
    }

    @Test
    void nativeCodeIsCalledInOnePlace() {
        check(noClasses().that().resideOutsideOfPackage("io.datavolume.image.os..").should().dependOnClassesThat()
                .resideInAPackage("com.sun.jna.."));
        check(noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.lang.foreign.Linker"));
        check(noClasses().should().dependOnClassesThat().haveFullyQualifiedName("sun.misc.Unsafe"));
    }

    @Test
    void failuresOfTheDataPlaneAreTheSealedTypes() {
        List<String> others = new ArrayList<>();
        for (JavaClass type : all) {
            boolean dataPlane = List.of("image", "importer", "standalone").stream()
                    .anyMatch(module -> type.getPackageName().startsWith(ROOT + module));
            if (dataPlane && type.isAssignableTo(Throwable.class)
                    && !type.isAssignableTo("io.datavolume.image.failure.TransferException")
                    && !INTERNAL_EXCEPTIONS.containsKey(type.getName())) {
                others.add(type.getName());
            }
        }
        assertEquals(List.of(), others);
    }

    @Test
    void partsOfTheLocalClusterStandOnEachOtherInOneDirection() {
        check(noClasses().that().resideInAPackage(ROOT + "standalone.local..").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + "standalone", ROOT + "standalone.volumes..", ROOT + "standalone.node.."));
        check(noClasses().that().resideInAPackage(ROOT + "standalone.volumes..").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + "standalone", ROOT + "standalone.node.."));
        check(noClasses().that().resideInAPackage(ROOT + "standalone.node..").should().dependOnClassesThat()
                .resideInAPackage(ROOT + "standalone"));
    }

    @Test
    void nobodyEndsTheProcessButItsMain() {
        check(noClasses().that().haveSimpleNameNotEndingWith("Main").and().haveSimpleNameNotEndingWith("Guard")
                .should().callMethod(System.class, "exit", int.class));
    }
}
