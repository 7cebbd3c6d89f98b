package io.datavolume.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.api.v1beta1.CdiConfigSpec;
import io.datavolume.api.v1beta1.CdiConfigStatus;
import io.datavolume.api.v1beta1.FilesystemOverhead;
import io.datavolume.api.v1beta1.ImportProxy;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPlannerTest {

    private static final StorageClasses CLASSES = classes("fast", "slow");

    @Test
    void aNewConfigurationWaitsForFirstConsumersAsTheDefaultInstallationDoes() {
        ConfigPlan plan = ConfigPlanner.plan(Optional.empty(), Optional.empty(), CLASSES, Optional.empty());
        assertEquals(List.of("HonorWaitForFirstConsumer"), plan.spec().featureGates());
        assertEquals(List.of(), plan.problems());
    }

    @Test
    void theDefaultsAreInTheStatus() {
        CdiConfigStatus status = plan("{}").status();
        assertEquals(false, status.preallocation());
        assertEquals("", status.scratchSpaceStorageClass());
        assertEquals(new ImportProxy("", "", "", "", Map.of()), status.importProxy());
        assertEquals(new FilesystemOverhead("0.055", Map.of("fast", "0.055", "slow", "0.055"), Map.of()),
                status.filesystemOverhead());
        assertEquals("limits 750m 600M, requests 100m 60M", text(status.defaultPodResourceRequirements()));
        assertEquals(List.of(), status.imagePullSecrets());
    }

    @Test
    void anAdministratorsSpecStaysWithoutAnInstallationThatDecides() {
        CdiConfigSpec spec = spec("{featureGates: [Own], preallocation: true}");
        assertEquals(spec, ConfigPlanner.plan(Optional.of(config(spec)), Optional.empty(), CLASSES, Optional.empty())
                .spec());
        assertEquals(spec, ConfigPlanner.plan(Optional.of(config(spec)), Optional.of(cdi("{config: {}}", false)),
                CLASSES, Optional.empty()).spec());
    }

    @Test
    void anInstallationThatDecidesOverwritesTheSpecOrEmptiesIt() {
        CdiConfig config = config(spec("{featureGates: [Own], preallocation: true, logVerbosity: 3}"));
        assertEquals(spec("{featureGates: [Theirs]}"), ConfigPlanner.plan(Optional.of(config),
                Optional.of(cdi("{config: {featureGates: [Theirs]}}", true)), CLASSES, Optional.empty()).spec());
        assertEquals(spec("{}"), ConfigPlanner
                .plan(Optional.of(config), Optional.of(cdi("{}", true)), CLASSES, Optional.empty()).spec());
        assertEquals(spec("{}"), ConfigPlanner
                .plan(Optional.empty(), Optional.of(cdi("{}", true)), CLASSES, Optional.empty()).spec());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {"{} | limits 750m 600M, requests 100m 60M",
        "{limits: {cpu: '1'}} | limits 1 600M, requests 100m 60M",
        "{limits: {memory: 2Gi}, requests: {cpu: 250m}} | limits 750m 2Gi, requests 250m 60M",
        "{limits: {cpu: '0', memory: '0'}, requests: {cpu: '0', memory: '0'}} | limits 0 0, requests 0 0",
        "{requests: {cpu: '2', memory: 1Gi}} | limits 2 1Gi, requests 2 1Gi",
        "{limits: {cpu: 50m, memory: 30M}} | limits 50m 30M, requests 50m 30M",
        "{limits: {cpu: 100m}, requests: {cpu: 200m}} | limits 100m 600M, requests 200m 60M",
        "{limits: {ephemeral-storage: 1Gi}} | limits 750m 600M, requests 100m 60M"})
    void eachOfTheFourResourcesIsGivenOrTheDefault(String given, String expected) {
        ConfigPlan plan = plan("{podResourceRequirements: " + given + "}");
        assertEquals(expected, text(plan.status().defaultPodResourceRequirements()));
        assertEquals(List.of(), plan.problems());
    }

    @Test
    void anAmountThatIsNoneGivesWayToTheDefaultAndIsNamed() {
        ResourceRequirements given = new ResourceRequirements();
        given.setLimits(Map.of("cpu", new Quantity("-1")));
        Quantity unreadable = new Quantity();
        unreadable.setAmount("lots");
        given.setRequests(Map.of("memory", unreadable));
        CdiConfigSpec spec = new CdiConfigSpec(null, null, null, given, List.of(), null, null, List.of(), null, null,
                List.of(), null, null, Map.of());
        ConfigPlan plan = ConfigPlanner.plan(Optional.of(config(spec)), Optional.empty(), CLASSES, Optional.empty());
        assertEquals("limits 750m 600M, requests 100m 60M", text(plan.status().defaultPodResourceRequirements()));
        assertEquals(List.of("spec.podResourceRequirements.limits.cpu: \"-1\" is no amount of cpu; the default is used",
                "spec.podResourceRequirements.requests.memory: \"lots\" is no amount of memory; the default is used"),
                plan.problems());
    }

    @ParameterizedTest(name = "global {0}, of fast {1}: {2}, {3}")
    @CsvSource({",, 0.055, 0.055", "0.07,, 0.07, 0.07", "0.07, 0.04, 0.07, 0.04", ", 0.04, 0.055, 0.04",
        "0, 1, 0, 1", "1, 0, 1, 0", "0.999, 0.001, 0.999, 0.001"})
    void eachClassHasItsOwnOverheadOrTheGlobalOne(@Nullable String global, @Nullable String fast, String effective,
            String effectiveOfFast) {
        ConfigPlan plan = plan(overheads(global, fast));
        assertEquals(new FilesystemOverhead(effective, Map.of("fast", effectiveOfFast, "slow", effective), Map.of()),
                plan.status().filesystemOverhead());
        assertEquals(List.of(), plan.problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0551", "1.1", "-0.1", "5%", "0.", "1.0", "x"})
    void anOverheadThatIsNoneGivesWayAndIsNamed(String bad) {
        ConfigPlan plan = plan(overheads(bad, null));
        assertEquals("0.055", overhead(plan).global());
        assertTrue(plan.problems().getFirst().startsWith("spec.filesystemOverhead.global: \"" + bad + "\" is no share"),
                () -> plan.problems().toString());
        ConfigPlan ofClass = plan(overheads("0.07", bad));
        assertEquals(Map.of("fast", "0.07", "slow", "0.07"), overhead(ofClass).storageClass());
        assertTrue(ofClass.problems().getFirst().startsWith("spec.filesystemOverhead.storageClass.fast: \"" + bad),
                () -> ofClass.problems().toString());
    }

    @Test
    void overheadsOfClassesThatAreGoneAreLeftOut() {
        ConfigPlan plan = plan("{filesystemOverhead: {storageClass: {gone: '0.2'}}}");
        assertEquals(Map.of("fast", "0.055", "slow", "0.055"), overhead(plan).storageClass());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"fast, fast", "gone, ''", "'', ''"})
    void theScratchClassCountsIfItExists(String given, String expected) {
        assertEquals(expected, plan("{scratchSpaceStorageClass: '" + given + "'}").status()
                .scratchSpaceStorageClass());
    }

    @Test
    void theGivenProxyCountsBeforeTheClusters() {
        Optional<ImportProxy> ofCluster = Optional
                .of(new ImportProxy("http://cluster", null, ".local", null, Map.of()));
        CdiConfigSpec given = spec("{importProxy: {HTTPSProxy: 'http://given:3128', trustedCAProxy: ca}}");
        assertEquals(new ImportProxy("", "http://given:3128", "", "ca", Map.of()), ConfigPlanner
                .plan(Optional.of(config(given)), Optional.empty(), CLASSES, ofCluster).status().importProxy());
        assertEquals(new ImportProxy("http://cluster", "", ".local", "", Map.of()), ConfigPlanner
                .plan(Optional.of(config(spec("{}"))), Optional.empty(), CLASSES, ofCluster).status().importProxy());
    }

    @Test
    void whatElseIsGivenCountsAsItIs() {
        CdiConfigStatus status = plan("{preallocation: true, imagePullSecrets: [{name: a}], uploadProxyURLOverride: u}")
                .status();
        assertEquals(true, status.preallocation());
        assertEquals(List.of(new LocalObjectReference("a")), status.imagePullSecrets());
        assertEquals("u", status.uploadProxyUrl());
    }

    @Test
    void whatIsNotKnownHereIsKept() {
        CdiConfig config = config(spec("{later: 1}"));
        config.setStatus(Yaml.read("{uploadProxyCA: pem, later: 2}", CdiConfigStatus.class));
        ConfigPlan plan = ConfigPlanner.plan(Optional.of(config), Optional.empty(), CLASSES, Optional.empty());
        assertEquals(1, plan.spec().unknown().get("later"));
        assertEquals(2, plan.status().unknown().get("later"));
        assertEquals("pem", plan.status().uploadProxyCa());
    }

    @Test
    void ofSeveralInstallationsTheOneThatIsNoErrorIsActive() {
        Cdi refused = cdi("{}", true);
        refused.getMetadata().setName("a");
        refused.setStatus(Yaml.read("{phase: Error}", io.datavolume.api.v1beta1.CdiStatus.class));
        Cdi active = cdi("{}", true);
        active.getMetadata().setName("b");
        assertEquals("b", ActiveCdi.of(List.of(refused, active)).orElseThrow().getMetadata().getName());
        assertTrue(ActiveCdi.of(List.of(refused)).isEmpty());
    }

    private static ConfigPlan plan(String spec) {
        return ConfigPlanner.plan(Optional.of(config(spec(spec))), Optional.empty(), CLASSES, Optional.empty());
    }

    private static FilesystemOverhead overhead(ConfigPlan plan) {
        return Objects.requireNonNull(plan.status().filesystemOverhead());
    }

    private static String overheads(@Nullable String global, @Nullable String fast) {
        return "{filesystemOverhead: {" + (global == null ? "" : "global: '" + global + "', ")
                + (fast == null ? "" : "storageClass: {fast: '" + fast + "'}") + "}}";
    }

    private static String text(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return "none";
        }
        return "limits " + pair(resources.getLimits()) + ", requests " + pair(resources.getRequests());
    }

    private static String pair(Map<String, Quantity> quantities) {
        assertEquals(2, quantities.size());
        return quantities.get("cpu") + " " + quantities.get("memory");
    }

    private static CdiConfigSpec spec(String yaml) {
        return Yaml.read(yaml, CdiConfigSpec.class);
    }

    private static CdiConfig config(CdiConfigSpec spec) {
        CdiConfig config = new CdiConfig();
        config.setSpec(spec);
        return config;
    }

    private static Cdi cdi(String spec, boolean authority) {
        return Yaml.read("{metadata: {name: cdi, annotations: {"
                + (authority ? "cdi.kubevirt.io/configAuthority: ''" : "") + "}}, spec: " + spec + "}", Cdi.class);
    }

    private static StorageClasses classes(String... names) {
        return StorageClasses.of(Arrays.stream(names).map(
                name -> new StorageClassBuilder().withNewMetadata().withName(name).endMetadata().build()).toList());
    }
}
