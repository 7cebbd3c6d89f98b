package io.datavolume.importer.http;

import java.net.URI;
import java.util.regex.Pattern;

/** A URL as people may see it: user info, query and fragment may be secret. */
public final class DisplayUrl {

    private static final Pattern URL = Pattern
            .compile("\\b((?:https?|docker):/{1,2})(?:[^\\s/'\"]*@)?([^\\s?#'\"]*)(?:[?#][^\\s'\"]*)?");

    private DisplayUrl() {}

    /** A text with the URLs in it as people may see them, also where a path has made one slash of two. */
    public static String redacted(String text) {
        return URL.matcher(text).replaceAll("$1$2");
    }

    public static String of(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + host + port + path;
    }
}
