package io.datavolume.standalone.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Secrets: {@code stringData} becomes {@code data}. */
final class SecretAdmission implements Admission {

    @Override
    public void create(ObjectNode secret, Defaults defaults) {
        if (!secret.has("type")) {
            secret.put("type", "Opaque");
        }
        encode(secret);
    }

    @Override
    public void update(ObjectNode before, ObjectNode after) {
        encode(after);
    }

    private static void encode(ObjectNode secret) {
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.child(secret, "data");
            plain.forEachEntry((key, value) -> data.put(key,
                    Base64.getEncoder().encodeToString(value.asString("").getBytes(StandardCharsets.UTF_8))));
        }
    }
}
