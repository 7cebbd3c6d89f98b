package io.datavolume.standalone.volumes;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The storage classes of a local cluster, as YAML documents of kind StorageClass. A document of kind CSIDriver makes its
 * provisioner one whose volumes can be handed over to another claim, so that claims are filled through populators.
 *
 * @param classes at least one
 */
record StorageClassFile(List<StorageClass> classes, List<CSIDriver> drivers) {

    private static final String DEFAULT = "storage-classes.yaml";
    private static final long MAX_BYTES = 1 << 20;
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /** What holds where no file is given. */
    static StorageClassFile standard() throws IOException {
        try (InputStream in = Objects.requireNonNull(StorageClassFile.class.getResourceAsStream(DEFAULT))) {
            return read(in, DEFAULT);
        }
    }

    /** @throws NeedsUserException with reason USAGE when it is not what it should be; names the document and the fault */
    static StorageClassFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file.toString(), "it is larger than " + MAX_BYTES + " bytes");
            }
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw refused(file.toString(), "it does not exist");
        }
    }

    private static StorageClassFile read(InputStream in, String name) throws IOException {
        List<StorageClass> classes = new ArrayList<>();
        List<CSIDriver> drivers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int number = 0;
        try (MappingIterator<ObjectNode> documents = YAML.readerFor(ObjectNode.class).readValues(in)) {
            while (documents.hasNext()) {
                ObjectNode document = documents.next();
                number++;
                String kind = document.path("kind").asString("");
                if (kind.equals(Kinds.STORAGE_CLASS.name())) {
                    classes.add(object(Kinds.STORAGE_CLASS, document));
                } else if (kind.equals(Kinds.CSI_DRIVER.name())) {
                    drivers.add(object(Kinds.CSI_DRIVER, document));
                } else {
                    throw refused(name, "document " + number + " is of kind '" + kind
                            + "', and only StorageClass and CSIDriver have a place there");
                }
                if (!seen.add(kind + "/" + document.path("metadata").path("name").asString(""))) {
                    throw refused(name, "document " + number + " has the name of an earlier one");
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw refused(name, "document " + (number == 0 ? 1 : number) + " cannot be understood: " + e.getMessage());
        }
        if (classes.isEmpty()) {
            throw refused(name, "it has no StorageClass");
        }
        return new StorageClassFile(List.copyOf(classes), List.copyOf(drivers));
    }

    private static <T extends HasMetadata> T object(Kind<T> kind, ObjectNode document) {
        if (!kind.apiVersion().equals(document.path("apiVersion").asString(""))) {
            throw new IllegalArgumentException("its apiVersion must be " + kind.apiVersion());
        }
        T object = YAML.treeToValue(document, kind.type());
        if (object.getMetadata() == null || object.getMetadata().getName() == null) {
            throw new IllegalArgumentException("it has no metadata.name");
        }
        return object;
    }

    private static NeedsUserException refused(String name, String why) {
        return new NeedsUserException(Reason.USAGE, "Tried to read the storage classes from " + name + " but " + why
                + ": docs/local.md has an example");
    }
}
