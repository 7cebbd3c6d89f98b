package io.datavolume.standalone.objects;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** YAML and JSON documents of files, folders and standard input. */
final class ManifestFiles {

    /** More than a cluster holds of all objects in one request, and bounded. */
    private static final int MAX_BYTES = 16 << 20;
    private static final String STANDARD_INPUT = "-";
    private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ManifestFiles() {}

    /**
     * One document.
     *
     * @param origin where it stands, for messages
     */
    record Document(String origin, Map<?, ?> tree) {}

    /** @param files names of files or folders, or {@code -} */
    static List<Document> read(List<String> files, InputStream standardInput) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (String file : files) {
            if (file.equals(STANDARD_INPUT)) {
                parse("standard input", standardInput.readNBytes(MAX_BYTES + 1), documents);
                continue;
            }
            for (Path path : files(Path.of(file))) {
                try (InputStream in = Files.newInputStream(path)) {
                    parse(path.toString(), in.readNBytes(MAX_BYTES + 1), documents);
                }
            }
        }
        if (documents.isEmpty()) {
            throw new NeedsUserException(Reason.USAGE,
                    "Tried to read objects from " + String.join(", ", files) + " but there are none");
        }
        return documents;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(file -> file.getFileName().toString().matches(".*\\.(yaml|yml|json)")).sorted()
                    .toList();
        }
    }

    private static void parse(String name, byte[] bytes, List<Document> documents) throws NeedsUserException {
        if (bytes.length > MAX_BYTES) {
            throw refused(name, "it is larger than " + MAX_BYTES + " bytes");
        }
        int number = 0;
        try (MappingIterator<Object> all = YAML.readerFor(Object.class).readValues(bytes)) {
            while (all.hasNext()) {
                Object document = all.next();
                number++;
                String origin = number == 1 && !all.hasNext() ? name : name + ", document " + number;
                if (document instanceof Map<?, ?> tree) {
                    add(origin, tree, documents);
                } else if (document != null) {
                    throw refused(origin, "it is no object but " + shown(document));
                }
            }
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw refused(name, "it is no YAML: " + e.getOriginalMessage().strip().replaceAll("\\s+", " ")
                    + (at == null ? "" : " (line " + at.getLineNr() + ")"));
        }
    }

    /** A list of objects counts as its items. */
    private static void add(String origin, Map<?, ?> tree, List<Document> documents) throws NeedsUserException {
        if (!"List".equals(tree.get("kind"))) {
            documents.add(new Document(origin, tree));
        } else if (tree.get("items") instanceof List<?> items) {
            for (Object item : items) {
                if (!(item instanceof Map<?, ?> object)) {
                    throw refused(origin, "its items hold " + shown(item) + ", which is no object");
                }
                documents.add(new Document(origin, object));
            }
        }
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    }

    private static NeedsUserException refused(String name, String why) {
        return new NeedsUserException(Reason.USAGE, "Tried to read objects from " + name + " but " + why);
    }
}
