package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the local cluster. */
class LocalDataVolumesTest extends DataVolumeScenarios {

    @TempDir
    private static Path folder;

    @Override
    Bed open() throws Exception {
        return new LocalBed(folder);
    }

    @Test
    void workerThatIsKilledGoesOnAndCountsAsRestarted() throws Exception {
        Story story = importing("killed", Image.SLOW, Bed.CSI).awaitReason(ConditionTypes.RUNNING,
                Reasons.POD_RUNNING);
        story.await("something has arrived", () -> story.condition(ConditionTypes.RUNNING).message().contains("MiB"));
        List<ProcessHandle> workers = ProcessHandle.current().descendants()
                .filter(process -> process.info().command().filter(name -> name.endsWith("/java")).isPresent())
                .toList();
        assertFalse(workers.isEmpty());
        workers.forEach(ProcessHandle::destroyForcibly);
        story.awaitPhase(Phase.SUCCEEDED);
        assertEquals(1, story.dataVolume().statusOrEmpty().restartCount());
        bed.assertHolds(story.claim(), Image.DISK);
    }
}
