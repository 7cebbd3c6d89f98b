package io.datavolume.standalone;

import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.standalone.objects.EventTime;
import io.datavolume.standalone.objects.KindNames;
import io.datavolume.standalone.objects.ObjectText;
import io.datavolume.standalone.objects.Table;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows objects. */
@Command(name = "get", abbreviateSynopsis = true, description = {
    "Shows objects: DataVolumes, claims, pods, events, storage profiles and the like.", "",
    "Kinds have the names that kubectl knows: dv, datavolume, pvc, po, ev, sc, storageprofile, cdiconfig …"}, footerHeading = "%nExamples:%n", footer = {
        "  cdi get dv", "  cdi get dv -w", "  cdi get dv,pvc,po -A", "  cdi get dv fedora -o yaml",
        "  cdi get events", "  cdi get dv --context production"})
final class GetCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "KIND[,KIND…]", description = "What to show.")
    private String kinds = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Only these.")
    private List<String> names = List.of();

    @Option(names = {"-A", "--all-namespaces"}, description = "Of all namespaces.")
    private boolean everywhere;

    @Option(names = {"-w", "--watch"}, description = "Go on, and show every change.")
    private boolean watch;

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUTPUT", converter = Choice.Views.class, completionCandidates = Choice.Views.class, description = "wide: more columns; yaml, json: whole objects; name: names only.")
    private View view = View.TABLE;

    @ArgGroup(validate = false, order = 1, heading = "%nCluster:%n")
    private ClusterOptions options = new ClusterOptions();

    /** How objects are shown. */
    enum View {
        TABLE, WIDE, YAML, JSON, NAME
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Kind<?>> wanted = new ArrayList<>();
        for (String word : kinds.split(",")) {
            wanted.add(KindNames.find(word));
        }
        if (watch && (wanted.size() > 1 || view != View.TABLE && view != View.WIDE)) {
            throw Main.usage("--watch shows one kind, as a table");
        }
        Streams streams = Objects.requireNonNull(parent).streams();
        try (ClusterSession session = ClusterSession.reading(options)) {
            if (watch) {
                watch(session, wanted.getFirst(), streams.out());
            }
            List<List<HasMetadata>> found = new ArrayList<>();
            for (Kind<?> kind : wanted) {
                found.add(find(session, kind));
            }
            show(wanted, found, streams, session.namespace());
        }
        return ExitCode.DONE.number();
    }

    private List<HasMetadata> find(ClusterSession session, Kind<?> kind) throws NeedsUserException {
        List<HasMetadata> found = new ArrayList<>();
        if (names.isEmpty()) {
            found.addAll(session.cluster().list(kind, kind.namespaced() && !everywhere
                    ? Selection.in(session.namespace())
                    : Selection.ALL));
            found.sort(order(kind));
            return found;
        }
        for (String name : names) {
            Key key = kind.namespaced() ? new Key(session.namespace(), name) : Key.cluster(name);
            found.add(session.cluster().get(kind, key)
                    .orElseThrow(() -> Main.usage("There is no " + kind.name() + " " + key)));
        }
        return found;
    }

    /** Events by their time, all others by their names. */
    private static Comparator<HasMetadata> order(Kind<?> kind) {
        return kind == Kinds.EVENT
                ? (one, other) -> EventTime.ORDER.compare((Event) one, (Event) other)
                : Comparator.comparing(object -> Key.of(object).toString());
    }

    private void show(List<Kind<?>> kinds, List<List<HasMetadata>> found, Streams streams, String namespace) {
        PrintStream out = streams.out();
        List<HasMetadata> all = found.stream().flatMap(List::stream).toList();
        boolean single = names.size() == 1 && kinds.size() == 1;
        switch (view) {
            case YAML -> out.println(ObjectText.yaml(all, single));
            case JSON -> out.println(ObjectText.json(all, single));
            case NAME -> {
                for (int i = 0; i < kinds.size(); i++) {
                    String prefix = KindNames.resource(kinds.get(i)) + "/";
                    found.get(i).forEach(object -> out.println(prefix + object.getMetadata().getName()));
                }
            }
            case TABLE, WIDE -> {
                for (int i = 0; i < kinds.size(); i++) {
                    if (!found.get(i).isEmpty()) {
                        out.print(i > 0 && !found.get(i - 1).isEmpty() ? System.lineSeparator() : "");
                        table(kinds.get(i), kinds.size() > 1).lines(found.get(i), Instant.now()).forEach(out::println);
                    }
                }
                if (all.isEmpty()) {
                    streams.err().println(everywhere
                            ? "No resources found"
                            : "No resources found in " + namespace + " namespace.");
                }
            }
        }
        out.flush();
    }

    private Table table(Kind<?> kind, boolean prefixes) {
        return new Table(kind, everywhere, view == View.WIDE, prefixes, Printable::line);
    }

    /** Until the command is ended. */
    private <T extends HasMetadata> void watch(ClusterSession session, Kind<T> kind, PrintStream out)
            throws InterruptedException {
        Table table = table(kind, false);
        boolean[] begun = {false};
        try (Informer.Registration listening = session.cluster().informer(kind).listen((before, after) -> {
            HasMetadata object = after.isPresent() ? after.get() : before.orElseThrow();
            Key key = Key.of(object);
            boolean asked = (names.isEmpty() || names.contains(key.name()))
                    && (!kind.namespaced() || everywhere || key.namespace().equals(session.namespace()));
            if (asked) {
                if (begun[0]) {
                    out.println(table.line(object, Instant.now()));
                } else {
                    table.lines(List.of(object), Instant.now()).forEach(out::println);
                    begun[0] = true;
                }
                out.flush();
            }
        })) {
            new CountDownLatch(1).await();
        }
    }
}
