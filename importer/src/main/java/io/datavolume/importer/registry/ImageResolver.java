package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;

/** From what a reference names to one image: through at most two indexes, each document verified. */
final class ImageResolver {

    private static final int MAX_INDEXES = 2;

    /** Where manifests and configurations are kept. */
    interface Documents {
        /** The bytes of a manifest, at most one more than {@link Json#MAX_BYTES}; not verified. */
        byte[] manifest(Descriptor manifest) throws IOException;

        /** The bytes of a configuration, at most one more than {@link Json#MAX_BYTES}; not verified. */
        byte[] config(Descriptor config) throws IOException;
    }

    private final Documents documents;
    private final PlatformChoice choice;

    ImageResolver(Documents documents, PlatformChoice choice) {
        this.documents = documents;
        this.choice = choice;
    }

    /** @param root the verified manifest of the reference */
    ContainerImage resolve(byte[] root, Digest reference) throws IOException {
        byte[] content = root;
        Digest digest = reference;
        for (int depth = 0; depth <= MAX_INDEXES; depth++) {
            switch (ManifestParser.parse(content)) {
                case Manifest.Image image -> {
                    ImageConfig config = config(image.config());
                    choice.verify(config);
                    return new ContainerImage(reference, digest, config, image.layers());
                }
                case Manifest.Index index -> {
                    Descriptor chosen = choice.choose(index);
                    bounded(chosen);
                    content = verified(documents.manifest(chosen), chosen);
                    digest = chosen.digest();
                }
            }
        }
        throw ContainerCheck.MANIFEST.refuse(reference, "more than " + MAX_INDEXES + " indexes lead to the image");
    }

    private ImageConfig config(Descriptor descriptor) throws IOException {
        bounded(descriptor);
        return ImageConfig.parse(verified(documents.config(descriptor), descriptor));
    }

    private static void bounded(Descriptor descriptor) throws ImageRefusedException {
        if (descriptor.size() > Json.MAX_BYTES) {
            throw ContainerCheck.MANIFEST.refuse(descriptor.size(), "a manifest or configuration is larger than "
                    + Json.MAX_BYTES + " bytes");
        }
    }

    /** The content itself, if it has the size and digest of its descriptor. */
    static byte[] verified(byte[] content, Descriptor descriptor) throws NeedsUserException {
        if (content.length != descriptor.size()) {
            throw mismatch(descriptor.digest(), content.length + " bytes instead of " + descriptor.size());
        }
        return verified(content, descriptor.digest());
    }

    static byte[] verified(byte[] content, Digest digest) throws NeedsUserException {
        if (!digest.matches(content)) {
            throw mismatch(digest, "its digest is " + Digest.of(digest.algorithm(), content));
        }
        return content;
    }

    private static NeedsUserException mismatch(Digest digest, String why) {
        return new NeedsUserException(NeedsUserException.Reason.CHECKSUM, "failed to pull image: what the registry or"
                + " archive holds as " + digest + " is something else: " + why + "; push the image again");
    }
}
