package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Objects of a kind as rows; columns are as wide as what stands in them, and grow when a later row needs it. */
public final class Table {

    private static final String GAP = "   ";

    private final List<Column> columns;
    private final UnaryOperator<String> printable;
    private final int[] widths;

    /**
     * @param namespaces whether the namespace is shown
     * @param prefixes whether names say of which kind they are, since there are tables of several kinds
     * @param printable makes text of others fit for a terminal
     */
    public Table(Kind<?> kind, boolean namespaces, boolean wide, boolean prefixes, UnaryOperator<String> printable) {
        this.printable = printable;
        columns = new ArrayList<>();
        if (namespaces && kind.namespaced()) {
            columns.add(new Column("NAMESPACE", false,
                    (object, now) -> Objects.requireNonNullElse(object.getMetadata().getNamespace(), "")));
        }
        if (kind == Kinds.EVENT) {
            columns.addAll(CoreColumns.ofEvents());
        } else {
            String prefix = prefixes ? KindNames.resource(kind) + "/" : "";
            columns.add(new Column("NAME", false, (object, now) -> prefix + object.getMetadata().getName()));
            columns.addAll(Columns.of(kind));
        }
        columns.removeIf(column -> column.wide() && !wide);
        widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).name().length();
        }
    }

    /** A line with the names of the columns, then one for each object. */
    public List<String> lines(List<? extends HasMetadata> objects, Instant now) {
        List<List<String>> rows = objects.stream().map(object -> cells(object, now)).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::name).toList()));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    /** One object, for a table whose names of columns were shown before. */
    public String line(HasMetadata object, Instant now) {
        return line(cells(object, now));
    }

    private List<String> cells(HasMetadata object, Instant now) {
        List<String> cells = columns.stream().map(column -> printable.apply(column.value().apply(object, now)))
                .toList();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
        return cells;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean last = i == cells.size() - 1;
            line.append(cells.get(i));
            if (!last) {
                line.append(" ".repeat(widths[i] - cells.get(i).length())).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
