package io.datavolume.importer.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The two requests that pulling needs. Neither follows redirects; both throw a TransferException on failure. */
public interface RegistryHttp {

    /** Sends a GET; the caller closes the reply. */
    Reply get(URI uri, Map<String, String> headers) throws IOException;

    /** Sends a POST of a form; the caller closes the reply. */
    Reply post(URI uri, Map<String, String> headers, byte[] form) throws IOException;

    /** A status, headers, and a body that is read as it comes. */
    interface Reply extends Closeable {

        int status();

        /** All values of a header; the name in any case. */
        List<String> header(String name);

        /** Blocks; throws a plain IOException or a RetryableException when the connection is cut. */
        InputStream body();
    }
}
