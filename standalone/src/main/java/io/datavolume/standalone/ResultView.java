package io.datavolume.standalone;

import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The result of a transfer: one line for people, one object for programs. */
final class ResultView {

    private ResultView() {}

    static void print(Streams streams, OutputFormat output, TransferSpec spec, TransferResult result) {
        boolean done = result.outcome() == Outcome.COMPLETE;
        if (output == OutputFormat.JSON) {
            streams.out().println(json(spec, result));
            if (!done) {
                streams.err().println(Json.MAPPER.writeValueAsString(
                        Map.of("error", Printable.line(result.message()), "hint", Hints.of(result))));
            }
        } else if (done) {
            streams.out().println(summary(spec, result));
        } else {
            streams.error(result.message(), Hints.of(result));
        }
        streams.out().flush();
        streams.err().flush();
    }

    static String json(TransferSpec spec, TransferResult result) {
        ObjectNode node = Json.MAPPER.valueToTree(result);
        node.put("path", spec.target().path());
        node.put("exitCode", ExitCode.of(result).number());
        return Json.MAPPER.writeValueAsString(node);
    }

    /** What, how large, in what time, at what rate, where. */
    static String summary(TransferSpec spec, TransferResult result) {
        StringBuilder line = new StringBuilder("Imported ").append(spec.target().path()).append(": ");
        line.append(result.format().map(Printable::line).orElse("disk"));
        if (!result.compressions().isEmpty()) {
            line.append(" in ").append(Printable.line(result.compressions()));
        }
        line.append(", ").append(Amounts.bytes(result.virtualSize())).append(" disk, ")
                .append(Amounts.bytes(result.bytesWritten())).append(" of data; read ")
                .append(Amounts.bytes(result.bytesRead()));
        if (result.bytesReadTwice() > 0) {
            line.append(" (").append(Amounts.bytes(result.bytesReadTwice())).append(" of it for the second time)");
        }
        line.append(" in ").append(Amounts.span(result.seconds()));
        if (result.seconds() > 0 && result.bytesRead() > 0) {
            line.append(", ").append(Amounts.rate(result.bytesRead() / result.seconds()));
        }
        result.checksum().ifPresent(sum -> line.append("; ").append(sum.replaceFirst(":.*", "")).append(" verified"));
        return line.toString();
    }

    /** Made only where it is wanted: that takes 50 ms. */
    private static final class Json {

        static final JsonMapper MAPPER = JsonMapper.builder().build();

        private Json() {}
    }
}
