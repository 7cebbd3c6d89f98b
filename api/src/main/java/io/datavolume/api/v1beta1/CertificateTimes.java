package io.datavolume.api.v1beta1;

import java.util.Map;

/** Life of certificates, as durations of Go ({@code 48h}). */
public record CertificateTimes(@OmitEmpty String duration, @OmitEmpty String renewBefore,
        @Unknown Map<String, Object> unknown) implements Part {

    public CertificateTimes {
        duration = Given.text(duration);
        renewBefore = Given.text(renewBefore);
        unknown = Given.unknown(unknown);
    }
}
