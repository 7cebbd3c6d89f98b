package io.datavolume.standalone;

import io.datavolume.image.SafetyReport;
import io.datavolume.importer.flow.Inspection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An inspection for people. Whatever comes from the image is cleaned before it is shown. */
final class InspectionText {

    private static final int FACT_WIDTH = 22;
    private static final String VIRTUAL_SIZE = "virtual size";

    private final boolean unicode;
    private final List<String> lines = new ArrayList<>();

    /** @param unicode whether the reader's terminal shows check marks */
    InspectionText(boolean unicode) {
        this.unicode = unicode;
    }

    String of(Inspection found) {
        fact("source", found.source());
        fact("length", found.sourceLength() < 0 ? "not stated" : Amounts.exact(found.sourceLength()));
        if (!found.layers().isEmpty()) {
            fact("contains", String.join(unicode ? " › " : " > ", found.layers()));
        }
        fact("format", found.format());
        fact(VIRTUAL_SIZE, found.virtualSize() < 0
                ? "known only when all is read"
                : found.virtualSize() + " bytes (" + gib(found.virtualSize()) + ")");
        if (found.allocatedBytes() >= 0) {
            fact("allocated", Amounts.exact(found.allocatedBytes()) + (found.complete() ? "" : ", as far as read"));
        }
        found.facts().forEach((name, value) -> {
            if (!name.equals(VIRTUAL_SIZE)) {
                fact(name, value);
            }
        });
        checks(found.checks());
        section("Partitions", found.partitions());
        section("Labels", found.labels().entrySet().stream().map(label -> label.getKey() + " = " + label.getValue())
                .toList());
        section("Not read", found.notRead());
        lines.add("");
        lines.add("read " + Amounts.bytes(found.bytesRead())
                + (found.sourceLength() < 0 ? "" : " of " + Amounts.bytes(found.sourceLength())));
        lines.add(found.refusal().map(why -> "REFUSED: " + Printable.line(why))
                .orElse(found.complete()
                        ? "This image can be imported."
                        : "Nothing speaks against importing this image, as far as it was read."));
        return String.join(System.lineSeparator(), lines);
    }

    /** Always in GiB: that is the unit in which volumes are asked for. */
    private static String gib(long bytes) {
        double gib = bytes / (double) (1L << 30);
        return gib >= 0.05
                ? String.format(java.util.Locale.ROOT, "%.1f GiB", gib)
                : String.format(java.util.Locale.ROOT, "%.4f GiB", gib);
    }

    private void fact(String name, Object value) {
        String shown = value instanceof Collection<?> many
                ? String.join(", ", many.stream().map(String::valueOf).toList())
                : value instanceof Map<?, ?> map && map.isEmpty() ? "none" : String.valueOf(value);
        lines.add(String.format("%-" + FACT_WIDTH + "s%s", Printable.line(name) + " ", Printable.line(shown)));
    }

    private void checks(List<SafetyReport.Line> checks) {
        if (checks.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Safety checks:");
        int width = checks.stream().mapToInt(line -> line.check().id().length()).max().orElse(0) + 2;
        for (SafetyReport.Line line : checks) {
            lines.add("  " + mark(line.outcome()) + " "
                    + String.format("%-" + width + "s%s", line.check().id(), line.check().demand())
                    + (line.outcome() == SafetyReport.Outcome.PENDING ? " (not reached)" : ""));
            if (!line.detail().isEmpty()) {
                lines.add("      " + Printable.line(line.detail()));
            }
        }
    }

    private String mark(SafetyReport.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> unicode ? "✓" : "ok";
            case VIOLATED -> unicode ? "✗" : "NO";
            case WARNING -> unicode ? "!" : "! ";
            case PENDING -> unicode ? "-" : "- ";
        };
    }

    private void section(String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(title + ":");
            content.forEach(line -> lines.add("  " + Printable.line(line)));
        }
    }
}
