package io.datavolume.importer.http;

import java.io.Closeable;

/**
 * One answer of a server. Closing it gives up the rest of the body.
 *
 * @param status status code
 * @param statusMessage reason phrase, maybe empty
 * @param headers its headers
 * @param body its body, to be read by one thread at a time
 */
public record HttpExchange(int status, String statusMessage, HttpHeaders headers, HttpBody body)
        implements
            Closeable {

    /** {@code 404 Not Found}. */
    public String statusLine() {
        return statusMessage.isEmpty() ? Integer.toString(status) : status + " " + statusMessage;
    }

    @Override
    public void close() {
        body.close();
    }
}
