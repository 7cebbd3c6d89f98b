package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.Node;
import io.datavolume.scenarios.cluster.OnNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sources, volumes and faults that only a real node has. */
@Timeout(300)
@ExtendWith(OnNode.class)
class NodeSourcesTest extends OnBed {

    private static final String ROOM = "resources: {requests: {storage: 40Mi}}, ";
    private static final String REGISTRY = Node.HOST + ":5000";

    @TempDir
    private static Path folder;
    private final Node node;

    NodeSourcesTest(Node node) {
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
                Patch.of(config).field(List.of(REGISTRY), "spec", "insecureRegistries").build());
        imports("tag", "registry: {url: \"docker://" + REGISTRY + "/disk:1\"}");
        imports("digest", "registry: {url: \"docker://" + REGISTRY + "/disk@" + digest + "\"}");
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
                """, work.toString(), nodeBed().images().file(Image.DISK).toString(), REGISTRY).strip();
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

    @Test
    void importGoesOnWhileTheContainerRuntimeIsRestarted() throws Exception {
        Story story = slow("runtime");
        kill("containerd");
        bed.assertHolds(story.awaitPhase(Phase.SUCCEEDED).claim(), Image.DISK);
    }

    @Test
    void importGoesOnWhileTheApiServerIsAway() throws Exception {
        Story story = slow("apiserver");
        Cdi.tool("bash", "-euc", ". \"$0/node.sh\"; stop apiserver; sleep 30; start_apiserver; "
                + "until ask /readyz; do sleep 0.2; done",
                Path.of("cluster").toAbsolutePath().toString());
        bed.assertHolds(story.awaitPhase(Phase.SUCCEEDED).claim(), Image.DISK);
    }

    /** An import that has begun and takes a while. */
    private Story slow(String name) throws Exception {
        Story story = importing(name, Image.SLOW, Bed.CSI).awaitReason(ConditionTypes.RUNNING, Reasons.POD_RUNNING);
        story.await("something has arrived", () -> story.condition(ConditionTypes.RUNNING).message().contains("MiB"));
        return story;
    }

    private void kill(String part) throws Exception {
        Cdi.tool("kill", "-9", Files.readString(node.home().resolve("run/" + part + ".pid")).strip());
    }

    @Test
    void tenImportsAtOnceAllBecomeDisks() throws Exception {
        List<Story> stories = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            stories.add(importing("many-" + i, Image.DISK, Bed.CSI));
        }
        for (Story story : stories) {
            story.awaitPhase(Phase.SUCCEEDED);
        }
        bed.assertHolds(stories.getLast().claim(), Image.DISK);
    }
}
