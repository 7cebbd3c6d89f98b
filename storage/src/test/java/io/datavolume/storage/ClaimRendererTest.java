package io.datavolume.storage;

import static io.datavolume.storage.Classes.DEFAULT;
import static io.datavolume.storage.Classes.VIRT;
import static io.datavolume.storage.Classes.storageClass;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.datavolume.api.v1beta1.StorageSpec;
import io.datavolume.api.wire.ProfileAnnotations;
import io.datavolume.storage.ClaimRendering.Refused;
import io.datavolume.storage.ClaimRendering.Rendered;
import io.datavolume.storage.ClaimRendering.SizeMissing;
import io.datavolume.storage.ClaimRequest.MissingSize;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TypedObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRendererTest {

    private static final String TIME = "2026-01-01T00:00:00Z";

    private static final List<StorageClass> CLASSES = List.of(storageClass("block", TIME, VIRT),
            storageClass("files", TIME, DEFAULT), storageClass("both"), storageClass("empty"),
            storageClass("unprofiled"), storageClass("large"), storageClass("odd"), storageClass("typo"));

    private static final List<StorageProfile> PROFILES = List.of(
            profile("block", Map.of(), "RWX/Block", "RWO/Block", "RWO/Filesystem"),
            profile("files", Map.of(), "RWX/Filesystem"),
            profile("both", Map.of(), "RWO+RWX/Filesystem", "ROX/Block"), profile("empty", Map.of()),
            profile("large", Map.of(ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE, "4Gi"), "RWO/Block"),
            profile("odd", Map.of(), "/Block", "RWO/Filesystem"),
            profile("typo", Map.of(ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE, "4GiB"), "RWO/Block"));

    private static final List<PersistentVolume> VOLUMES = List.of(
            volume("local", "b", "Block", "Available", "20Gi", "RWO", "RWX"),
            volume("local", "a", "Filesystem", "Available", "5Gi", "RWO"),
            volume("local", "c", null, "Available", "4Gi", "RWO", "ROX"),
            volume("local", "d", "Filesystem", "Bound", "100Gi", "RWO"),
            volume("local", "e", "Filesystem", "Available", "?", "RWO"),
            volume("taken", "f", "Filesystem", "Released", "100Gi", "RWO"));

    private static final StorageView STORAGE = view(CLASSES);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/io/datavolume/storage/claims.csv", numLinesToSkip = 1, delimiter = '|')
    void whatIsLeftOutComesFromTheStorage(String sentence, @Nullable String className, @Nullable String volumeMode,
            @Nullable String accessModes, String content, String size, String result) {
        ClaimRequest request = ClaimRequest.of(wishes(className, volumeMode, accessModes, size),
                content.equals("archive"), MissingSize.REFUSED);
        assertEquals(result, text(ClaimRenderer.render(request, STORAGE)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource(delimiter = '|', value = {
        "block | Block      | 1Mi           | 1Mi", "block | Block      | 1048577       | 1048577",
        "block | Filesystem | 1Gi           | 1132797625", "block | Filesystem | 1073741823    | 1132797625",
        "block | Filesystem | 1Mi           | 1106248", "files | Filesystem | 1Gi           | 1181116007",
        "large | Block      | 1Gi           | 4Gi", "large | Block      | 4Gi           | 4Gi",
        "large | Block      | 4294967297    | 4294967297", "large | Filesystem | 4Gi           | 4531190498",
        "large | Filesystem | 3Gi           | 4Gi"})
    void theSizeIsThatOfAVolumeThatHoldsTheDisk(String className, String volumeMode, String size, String expected) {
        ClaimRendering rendering = ClaimRenderer.render(
                ClaimRequest.of(wishes(className, volumeMode, "RWO", size), false, MissingSize.REFUSED), STORAGE);
        assertEquals(expected, requested(assertInstanceOf(Rendered.class, rendering).spec()));
    }

    @Test
    void anExampleOfTheSpecificationHasTheSameSize() {
        StorageView storage = new StorageView(StorageClasses.of(CLASSES), STORAGE.profile(), STORAGE.volumesOf(),
                new Overheads(FilesystemOverhead.parse("0.06").orElseThrow(), Map.of()));
        ClaimRendering rendering = ClaimRenderer
                .render(ClaimRequest.of(wishes("files", null, null, "1Gi"), false, MissingSize.REFUSED), storage);
        assertEquals("1138166334", requested(assertInstanceOf(Rendered.class, rendering).spec()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1048575 | PVC Spec is not valid - storage size should be at least 1MiB",
        "0 | PVC Spec is not valid - storage size should be at least 1MiB",
        "-1Gi | spec.storage.resources.requests.storage: \"-1Gi\" is negative",
        "1E1000 | spec.storage.resources.requests.storage: \"1E1000\" is not a quantity",
        "9223372036854775807 | A size of 9223372036854775807 bytes with what a filesystem needs beside it is more"})
    void anUnusableSizeIsRefused(String size, String message) {
        Refused refused = assertInstanceOf(Refused.class, ClaimRenderer.render(
                ClaimRequest.of(wishes("files", null, null, size), false, MissingSize.REFUSED), STORAGE));
        assertTrue(refused.message().startsWith(message), refused::message);
        assertFalse(refused.awaitsStorage());
    }

    @Test
    void aMinimumThatCannotBeReadNamesTheProfile() {
        Refused refused = assertInstanceOf(Refused.class, ClaimRenderer.render(
                ClaimRequest.of(wishes("typo", null, null, "1Gi"), false, MissingSize.REFUSED), STORAGE));
        assertTrue(refused.message().startsWith("Annotation cdi.kubevirt.io/minimumSupportedPvcSize of StorageProfile "
                + "typo: \"4GiB\" is not a quantity"), refused::message);
        assertTrue(refused.awaitsStorage());
    }

    @Test
    void aMissingSizeIsRefusedZeroOrToBeFound() {
        StorageSpec wishes = wishes("block", null, null, null);
        Refused refused = assertInstanceOf(Refused.class,
                ClaimRenderer.render(ClaimRequest.of(wishes, false, MissingSize.REFUSED), STORAGE));
        assertEquals("PVC Spec is not valid - missing storage size", refused.message());
        Rendered rendered = assertInstanceOf(Rendered.class,
                ClaimRenderer.render(ClaimRequest.of(wishes, false, MissingSize.ZERO), STORAGE));
        assertEquals("0", requested(rendered.spec()));
        ClaimRequest request = ClaimRequest.of(wishes, false, MissingSize.DETECTED);
        SizeMissing missing = assertInstanceOf(SizeMissing.class, ClaimRenderer.render(request, STORAGE));
        assertEquals("block", missing.withoutSize().getStorageClassName());
        Rendered found = assertInstanceOf(Rendered.class, ClaimRenderer.render(request.withSize(1 << 30), STORAGE));
        assertEquals("1073741824", requested(found.spec()));
    }

    @Test
    void aSizeThatWasFoundLeavesRoomForWhatASmallFilesystemNeeds() {
        ClaimRequest request = ClaimRequest.of(wishes("block", "Filesystem", "RWO", null), false, MissingSize.DETECTED);
        Rendered found = assertInstanceOf(Rendered.class, ClaimRenderer.render(request.withSize(1 << 30), STORAGE));
        assertEquals(String.valueOf(1_132_797_625 + (32 << 20)), requested(found.spec()));
    }

    @Test
    void modesThatAreMissingForEverAreRefusedBeforeASizeIsLookedFor() {
        assertInstanceOf(Refused.class, ClaimRenderer.render(
                ClaimRequest.of(wishes("empty", null, null, null), false, MissingSize.DETECTED), STORAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "archive"})
    void withoutAnyDefaultClassTheClaimWaitsForStorage(String content) {
        Refused refused = assertInstanceOf(Refused.class, ClaimRenderer.render(
                ClaimRequest.of(wishes(null, null, null, "1Gi"), content.equals("archive"), MissingSize.REFUSED),
                view(List.of(storageClass("plain")))));
        assertEquals("PVC spec is missing accessMode and no storageClass to choose profile", refused.message());
        assertEquals(List.of(refused.message()), refused.events());
        assertTrue(refused.awaitsStorage());
    }

    @Test
    void withoutAnyDefaultClassAGivenAccessModeIsEnough() {
        Rendered rendered = assertInstanceOf(Rendered.class,
                ClaimRenderer.render(ClaimRequest.of(wishes(null, null, "RWO", "1Gi"), false, MissingSize.REFUSED),
                        view(List.of(storageClass("plain")))));
        assertNull(rendered.spec().getStorageClassName());
        assertNull(rendered.spec().getVolumeMode());
        assertEquals("1132797625", requested(rendered.spec()));
    }

    @Test
    void anEmptyProfileIsToldByEventAndError() {
        Refused refused = assertInstanceOf(Refused.class, ClaimRenderer.render(
                ClaimRequest.of(wishes("empty", null, null, "1Gi"), false, MissingSize.REFUSED), STORAGE));
        assertEquals(
                List.of("Spec is missing accessMode and volumeMode, cannot get access mode from StorageProfile empty",
                        "no accessMode specified in StorageProfile empty"),
                refused.events());
        assertTrue(refused.awaitsStorage());
        refused = assertInstanceOf(Refused.class, ClaimRenderer.render(
                ClaimRequest.of(wishes("files", "Block", null, "1Gi"), false, MissingSize.REFUSED), STORAGE));
        assertEquals(List.of("Spec is missing accessMode and cannot get access mode from StorageProfile files",
                "no matching accessMode specified in StorageProfile files"), refused.events());
    }

    @Test
    void allOtherWishesAreKept() {
        StorageSpec wishes = new StorageSpec(List.of(), "block", null,
                new VolumeResourceRequirementsBuilder().addToRequests("storage", new Quantity("1Gi"))
                        .addToLimits("storage", new Quantity("2Gi")).build(),
                new LabelSelectorBuilder().addToMatchLabels("disk", "fast").build(), "volume-1", null,
                new TypedObjectReferenceBuilder().withKind("Other").withName("source").build(), Map.of());
        PersistentVolumeClaimSpec spec = assertInstanceOf(Rendered.class,
                ClaimRenderer.render(ClaimRequest.of(wishes, false, MissingSize.REFUSED), STORAGE)).spec();
        assertEquals(new Quantity("2Gi"), spec.getResources().getLimits().get("storage"));
        assertEquals("1Gi", requested(spec));
        assertEquals(Map.of("disk", "fast"), spec.getSelector().getMatchLabels());
        assertEquals("volume-1", spec.getVolumeName());
        assertEquals("source", spec.getDataSourceRef().getName());
        assertEquals("1Gi", wishes.size().orElseThrow().toString());
    }

    @Test
    void renderingDoesNotChangeTheWishes() {
        StorageSpec wishes = wishes("files", null, null, "1Gi");
        ClaimRenderer.render(ClaimRequest.of(wishes, false, MissingSize.REFUSED), STORAGE);
        assertEquals("1Gi", wishes.size().orElseThrow().toString());
        assertSame(wishes.accessModes(), wishes.accessModes());
        assertTrue(wishes.accessModes().isEmpty());
    }

    @Test
    void whatIsLeftToTheWebhookIsMarked() {
        PersistentVolumeClaimSpec spec = ClaimRenderer.leaveToWebhook(wishes("files", null, null, "1Gi"));
        assertEquals("FromStorageProfile", spec.getVolumeMode());
        assertEquals("1Gi", requested(spec));
        assertEquals("Block", ClaimRenderer.leaveToWebhook(wishes("files", "Block", null, "1Gi")).getVolumeMode());
    }

    private static String text(ClaimRendering rendering) {
        return switch (rendering) {
            case Rendered rendered -> {
                PersistentVolumeClaimSpec spec = rendered.spec();
                yield spec.getStorageClassName() + " " + spec.getVolumeMode() + " "
                        + String.join("+", spec.getAccessModes().stream().map(ClaimRendererTest::shortMode).toList());
            }
            case SizeMissing missing -> "size missing";
            case Refused refused -> refused.message();
        };
    }

    private static @Nullable String requested(PersistentVolumeClaimSpec spec) {
        return String.valueOf(spec.getResources().getRequests().get("storage"));
    }

    private static StorageSpec wishes(@Nullable String className, @Nullable String volumeMode,
            @Nullable String accessModes, @Nullable String size) {
        List<String> modes = accessModes == null ? List.of() : modes(accessModes);
        return new StorageSpec(modes, className, volumeMode, size == null
                ? null
                : new VolumeResourceRequirementsBuilder().addToRequests("storage", new Quantity(size)).build(), null,
                null, null, null, Map.of());
    }

    private static StorageView view(List<StorageClass> classes) {
        return new StorageView(StorageClasses.of(classes),
                name -> PROFILES.stream().filter(profile -> profile.getMetadata().getName().equals(name)).findFirst(),
                name -> VOLUMES.stream().filter(volume -> volume.getSpec().getStorageClassName().equals(name)).toList(),
                new Overheads(FilesystemOverhead.DEFAULT,
                        Map.of("files", FilesystemOverhead.parse("0.1").orElseThrow())));
    }

    private static StorageProfile profile(String name, Map<String, String> annotations, String... sets) {
        StorageProfile profile = new StorageProfile();
        profile.setMetadata(new ObjectMetaBuilder().withName(name).withAnnotations(annotations).build());
        profile.setStatus(new StorageProfileStatus(Arrays.stream(sets).map(set -> set.split("/"))
                .map(set -> new ClaimPropertySet(modes(set[0]), set[1], Map.of())).toList(), null, null, null, null,
                name, List.of(), Map.of()));
        return profile;
    }

    private static PersistentVolume volume(String className, String name, @Nullable String volumeMode, String phase,
            String capacity, String... accessModes) {
        return new PersistentVolumeBuilder().withNewMetadata().withName(name).endMetadata().withNewSpec()
                .withStorageClassName(className).withVolumeMode(volumeMode)
                .withAccessModes(Arrays.stream(accessModes).map(ClaimRendererTest::longMode).toList())
                .withCapacity(capacity.equals("?") ? Map.of() : Map.of("storage", new Quantity(capacity))).endSpec()
                .withNewStatus().withPhase(phase).endStatus().build();
    }

    private static List<String> modes(String modes) {
        return Arrays.stream(modes.split("\\+")).filter(mode -> !mode.isEmpty()).map(ClaimRendererTest::longMode)
                .toList();
    }

    private static String longMode(String mode) {
        return ClaimModes.parse(mode + "/Block").accessMode();
    }

    static String shortMode(String mode) {
        return Optional.of(mode.replaceAll("[a-z]", "")).map(letters -> letters.equals("RWM")
                ? "RWX"
                : letters.equals("ROM") ? "ROX" : letters).orElseThrow();
    }
}
