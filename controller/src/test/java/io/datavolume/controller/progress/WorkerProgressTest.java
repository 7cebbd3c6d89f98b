package io.datavolume.controller.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.importer.progress.Progress.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerProgressTest {

    private static final String LINE = "{\"stage\":\"transferring\",\"bytesRead\":5,\"bytesWritten\":4,\"total\":100,"
            + "\"done\":25,\"rate\":10,\"percent\":25.0,\"secondsLeft\":8}";

    @Test
    void lastProgressLineCounts() {
        String log = LINE.replace("25", "20") + "\n" + LINE + "\n{\"warning\":\"slow\"}\nnot JSON\n";
        assertEquals(Optional.of(new WorkerProgress(Stage.TRANSFERRING, Optional.of(25.0), 25, Optional.of(100L), 10,
                Optional.of(8L))), WorkerProgress.last(log));
    }

    @Test
    void whatCannotBeIsUnknown() {
        WorkerProgress progress = WorkerProgress.last("{\"stage\":\"transferring\",\"percent\":7000,\"done\":-5,"
                + "\"total\":99999999999999999999,\"rate\":\"fast\",\"secondsLeft\":-1}").orElseThrow();
        assertEquals(new WorkerProgress(Stage.TRANSFERRING, Optional.empty(), 0, Optional.empty(), 0, Optional.empty()),
                progress);
    }

    @Test
    void strangeLinesArePassedOver() {
        assertEquals(Optional.empty(), WorkerProgress.last("{\"stage\":\"<b>hacked</b>\"}\n[]\n{\n\"x\"\n"
                + "{\"stage\":\"" + "x".repeat(5000) + "\"}"));
    }

    @Test
    void hundredPercentIsNotShownBeforeTheWorkerIsDone() {
        WorkerProgress progress = WorkerProgress.last(LINE.replace("25.0", "100.0")).orElseThrow();
        assertEquals(false, progress.annotations().containsKey("cdi.kubevirt.io/storage.populator.progress"));
    }
}
