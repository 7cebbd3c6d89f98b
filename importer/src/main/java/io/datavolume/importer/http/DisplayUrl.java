package io.datavolume.importer.http;

import java.net.URI;

/** A URL as people may see it: user info, query and fragment may be secret. */
public final class DisplayUrl {

    private DisplayUrl() {}

    public static String of(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + host + port + path;
    }
}
