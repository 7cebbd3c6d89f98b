package io.datavolume.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({"400, BadRequest, Invalid", "401, Unauthorized, Forbidden", "403, Forbidden, Forbidden",
        "404, NotFound, NotFound", "405, MethodNotAllowed, Invalid", "408, Timeout, Unavailable",
        "409, AlreadyExists, AlreadyExists", "409, Conflict, Conflict", "410, Expired, Unavailable",
        "413, RequestEntityTooLarge, Invalid", "422, Invalid, Invalid", "429, TooManyRequests, Unavailable",
        "500, InternalError, Unavailable", "503, ServiceUnavailable, Unavailable", "504, Timeout, Unavailable"})
    void eachAnswerHasItsMeaning(int code, String reason, String type) {
        ClusterException refusal = Refusal.of("Reading Pod ns/a", code, status(reason, "why"));
        assertEquals(type, refusal.getClass().getSimpleName());
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("Reading Pod ns/a was refused: why"),
                refusal.getMessage());
    }

    @Test
    void aQuotaIsSeen() {
        var quota = (ClusterException.Forbidden) Refusal.of("Creating", 403,
                status("Forbidden", "pods \"a\" is forbidden: exceeded quota: q, requested: pods=1"));
        assertTrue(quota.isQuota());
        var other = (ClusterException.Forbidden) Refusal.of("Creating", 403, status("Forbidden", "no rights"));
        assertFalse(other.isQuota());
    }

    @Test
    void aPatchForAnotherUidIsAConflict() {
        Status status = new StatusBuilder(status("Invalid", "is invalid")).withNewDetails().addNewCause()
                .withField("metadata.uid").withReason("FieldValueInvalid").endCause().endDetails().build();
        assertInstanceOf(ClusterException.Conflict.class, Refusal.of("Patching", 422, status));
    }

    @Test
    void anAnswerWithoutStatusIsNamedByItsCode() {
        ClusterException refusal = Refusal.of("Reading", 502, null);
        assertEquals("Reading was refused: HTTP 502", refusal.getMessage());
        assertInstanceOf(ClusterException.Unavailable.class, refusal);
    }

    @Test
    void noAnswerNamesItsFirstCause() {
        var failure = new KubernetesClientException("An error has occurred.",
                new CompletionException(new ConnectException("Connection refused: localhost/127.0.0.1:1")));
        ClusterException refusal = Refusal.of("Reading", failure);
        assertInstanceOf(ClusterException.Unavailable.class, refusal);
        assertEquals("Reading failed: the API server does not answer: Connection refused: localhost/127.0.0.1:1",
                refusal.getMessage());
    }

    private static Status status(String reason, String message) {
        return new StatusBuilder().withReason(reason).withMessage(message).build();
    }
}
