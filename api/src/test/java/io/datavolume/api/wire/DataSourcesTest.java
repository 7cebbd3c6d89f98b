package io.datavolume.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourcesTest {

    @ParameterizedTest(name = "{0} {1} {2} in {3}: {4}")
    @CsvSource({"cdi.kubevirt.io, VolumeImportSource, disk, , disk", "cdi.kubevirt.io, VolumeImportSource, '', ,",
        "cdi.kubevirt.io, VolumeImportSource, disk, other,", "cdi.kubevirt.io, VolumeUploadSource, disk, ,",
        "example.org, VolumeImportSource, disk, ,", ", PersistentVolumeClaim, disk, ,"})
    void claimRefersToASourceOfOursOnlyByItsWholeReference(@Nullable String group, String kind, String name,
            @Nullable String namespace, @Nullable String expected) {
        assertEquals(Optional.ofNullable(expected), DataSources.importSource(new PersistentVolumeClaimBuilder()
                .withNewSpec().withNewDataSourceRef(group, kind, name, namespace).endSpec().build()));
    }

    @Test
    void claimWithoutAReferenceHasNoSource() {
        assertEquals(Optional.empty(),
                DataSources.importSource(new PersistentVolumeClaimBuilder().withNewSpec().endSpec().build()));
    }
}
