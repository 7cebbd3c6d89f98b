package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kinds;
import java.util.Map;

/** Which kinds have rules of their own. */
final class Admissions {

    private static final Admission NONE = new Admission() {
    };

    private static final Map<String, Admission> BY_RESOURCE = Map.of(Names.resource(Kinds.CLAIM), new ClaimAdmission(),
            Names.resource(Kinds.VOLUME), new VolumeAdmission(), Names.resource(Kinds.POD), new PodAdmission(),
            Names.resource(Kinds.SECRET), new SecretAdmission(), Names.resource(Kinds.STORAGE_CLASS),
            new StorageClassAdmission());

    private Admissions() {}

    /** The rules of a kind, which is named as {@link Names#resource} does. */
    static Admission of(String resource) {
        return BY_RESOURCE.getOrDefault(resource, NONE);
    }
}
