package io.datavolume.standalone;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.flow.Transfer;
import io.datavolume.importer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;

/** One transfer on the command line: progress, interruption, result. */
final class TransferRun {

    /** What does the work. */
    @FunctionalInterface
    interface Engine {
        TransferResult run(ProgressListener listener, Interruption interruption) throws IOException;
    }

    private final Streams streams;
    private final OutputFormat output;

    TransferRun(Streams streams, OutputFormat output) {
        this.streams = streams;
        this.output = output;
    }

    /** @return the exit code */
    int run(TransferSpec spec, Secrets secrets) throws IOException {
        return run(spec, (listener, interruption) -> new Transfer(spec, secrets, listener).run());
    }

    int run(TransferSpec spec, Engine engine) throws IOException {
        Path target = Path.of(spec.target().path());
        Leftovers leftovers = new Leftovers(target, spec.resume().folder().map(Path::of).orElse(null));
        TransferResult result;
        try (ProgressView view = ProgressView.of(output, streams.err());
                Interruption interruption = new Interruption(leftovers, words -> lastWords(view, words))) {
            result = engine.run(view, interruption);
        }
        ExitCode code = ExitCode.of(result);
        ResultView.print(streams, output, spec, result);
        return code.number();
    }

    private void lastWords(ProgressView view, String words) {
        view.close();
        if (output == OutputFormat.JSON) {
            view.warning(words);
        } else {
            streams.err().println(words);
            streams.err().flush();
        }
    }
}
