package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.OnWholeCluster;
import io.datavolume.scenarios.cluster.WholeCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sources, volumes and faults that only a real node has. */
@Timeout(300)
@ExtendWith(OnWholeCluster.class)
class NodeSourcesTest extends OnBed {

    private static final String ROOM = "resources: {requests: {storage: 40Mi}}, ";

    @TempDir
    private static Path folder;
    private final WholeCluster node;

    NodeSourcesTest(WholeCluster node) {
        this.node = node;
    }

    @Override
    Bed open() throws Exception {
        return new NodeBed(node, folder);
    }

    private NodeBed nodeBed() {
        return (NodeBed) bed;
    }

    private void imports(String name, String source) throws Exception {
        Story story = volume(name, "source: {" + source + "}", Bed.CSI, "", ROOM).awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
    }

    private void secret(String name, String data) {
        story(name).create(Kinds.SECRET, """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {%s}
                """.formatted(name, data));
    }

    @Test
    void privateAuthorityIsTrustedFromAConfigMap() throws Exception {
        node.kubectl("-n", namespace, "create", "configmap", "authority",
                "--from-file=ca.pem=" + nodeBed().images().nginx().authority());
        imports("tls", "http: {url: \"" + nodeBed().images().nginx().secureUrl("disk.qcow2")
                + "\", certConfigMap: authority}");
    }

    @Test
    void credentialsAndHeadersComeFromSecrets() throws Exception {
        secret("login", "accessKeyId: anna, secretKey: s3cret");
        imports("login", "http: {url: \"" + nodeBed().images().nginx().url("private/disk.qcow2")
                + "\", secretRef: login}");
        secret("headers", "any: \"X-Token: t0ken\"");
        imports("headers", "http: {url: \"" + nodeBed().images().nginx().url("token/disk.qcow2")
                + "\", secretExtraHeaders: [headers]}");
    }

    @Test
    void containerDiskIsReadFromARegistryByTagAndByDigest() throws Exception {
        String digest = push();
        var config = bed.cluster().get(Kinds.CDI_CONFIG, Key.cluster(Names.CONFIG)).orElseThrow();
        bed.cluster().patch(Kinds.CDI_CONFIG, Key.of(config),
                Patch.of(config).field(List.of(nodeBed().registry()), "spec", "insecureRegistries").build());
        imports("tag", "registry: {url: \"docker://" + nodeBed().registry() + "/disk:1\"}");
        imports("digest", "registry: {url: \"docker://" + nodeBed().registry() + "/disk@" + digest + "\"}");
    }

    private String push() throws Exception {
        Path work = Files.createDirectories(folder.resolve("push"));
        return Cdi.tool("bash", "-euc", """
                cd "$0"; mkdir -p disk; cp "$1" disk/disk.qcow2
                tar -cf layer.tar disk; id=$(sha256sum < layer.tar)
                jq -nc --arg id "sha256:${id%% *}" \
                    '{architecture:"amd64",os:"linux",config:{},rootfs:{type:"layers",diff_ids:[$id]}}' > config.json
                echo '[{"Config":"config.json","RepoTags":["disk:1"],"Layers":["layer.tar"]}]' > manifest.json
                tar -cf image.tar config.json manifest.json layer.tar
                skopeo copy -q --insecure-policy --dest-tls-verify=false docker-archive:image.tar "docker://$2/disk:1"
                skopeo inspect --tls-verify=false --format '{{.Digest}}' "docker://$2/disk:1"
                """, work.toString(), nodeBed().images().file(Image.DISK).toString(), nodeBed().registry()).strip();
    }

    @Test
    void blockVolumeIsFilledAsItIs() throws Exception {
        Story story = volume("block", "source: {http: {url: \"" + bed.url(Image.DISK) + "\"}}", Bed.CSI, "",
                "volumeMode: Block, resources: {requests: {storage: 16Mi}}, ").awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
    }

    @Test
    void preallocatedDiskHasAllItsBlocks() throws Exception {
        Story story = story("whole");
        story.create(Kinds.DATA_VOLUME, """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: whole}
                spec:
                  source: {blank: {}}
                  preallocation: true
                  storage: {%s accessModes: [ReadWriteOnce], storageClassName: %s}
                """.formatted(ROOM, Bed.CSI));
        story.awaitPhase(Phase.SUCCEEDED);
        String[] said = nodeBed().look(story.claim(), "stat -c '%s %b %B' $disk").strip().split(" ");
        assertTrue(Long.parseLong(said[1]) * Long.parseLong(said[2]) >= Long.parseLong(said[0]),
                String.join(" ", said));
    }

    @Test
    void namespaceWithAQuotaAndRestrictedPodsJustWorks() throws Exception {
        node.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        story("quota").create(ControlPlane.QUOTA, """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: all}
                spec: {hard: {requests.cpu: "1", requests.memory: 1Gi, limits.cpu: "2", limits.memory: 2Gi}}
                """);
        imports("quota", "http: {url: \"" + bed.url(Image.DISK) + "\"}");
    }

    @Test
    void linkLocalAddressesAreNotReached() throws Exception {
        Story story = volume("metadata", "source: {http: {url: \"http://169.254.169.254/disk.qcow2\"}}", Bed.CSI, "",
                ROOM);
        story.await("it says so", () -> story.dataVolume().condition(ConditionTypes.RUNNING)
                .filter(condition -> condition.message().contains("169.254")).isPresent());
        assertEquals(Reasons.ERROR, story.condition(ConditionTypes.RUNNING).reason());
    }

    /** By TLS with an authority of its own, and for those who are let in. */
    @Test
    void registryMayAskForCredentials() throws Exception {
        push();
        node.kubectl("-n", namespace, "create", "configmap", "authority",
                "--from-file=ca.pem=" + nodeBed().images().nginx().authority());
        secret("login", "accessKeyId: anna, secretKey: s3cret");
        String url = nodeBed().images().nginx().secureUrl("disk:1").replace("https://", "docker://");
        imports("closed", "registry: {url: \"" + url + "\", secretRef: login, certConfigMap: authority}");
    }

    @Test
    void annotationsForNetworksAndMeshesAreTheWorkersToo() throws Exception {
        Map<String, String> annotations = Map.of("v1.multus-cni.io/default-network", "bridge-network",
                "k8s.v1.cni.cncf.io/networks", "storage", "sidecar.istio.io/inject", "false");
        String retained = annotation(Annotations.RETAIN_AFTER_COMPLETION, "true") + ", ";
        Story story = importing("networks", Image.DISK, Bed.CSI, retained + annotations.entrySet().stream()
                .map(entry -> annotation(entry.getKey(), entry.getValue())).collect(Collectors.joining(", ")));
        story.awaitPhase(Phase.SUCCEEDED);
        Map<String, String> given = bed.cluster().list(Kinds.POD, Selection.in(namespace)).getFirst().getMetadata()
                .getAnnotations();
        annotations.forEach((name, value) -> assertEquals(value, given.get(name), name));
    }

    @Test
    void manyImportsAtOnceAllBecomeDisks() throws Exception {
        int many = "all".equals(System.getProperty("node")) ? 50 : 10;
        List<Story> stories = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            stories.add(importing("many-" + i, Image.DISK, Bed.CSI));
        }
        for (Story story : stories) {
            story.awaitPhase(Phase.SUCCEEDED);
        }
        bed.assertHolds(stories.getLast().claim(), Image.DISK);
    }
}
