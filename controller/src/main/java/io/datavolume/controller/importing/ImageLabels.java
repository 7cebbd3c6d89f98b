package io.datavolume.controller.importing;

import java.util.regex.Pattern;

/**
 * Labels from images, which anyone may write: the API server refuses the whole patch for one that is not valid.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">Syntax
 *      of labels</a>
 */
final class ImageLabels {

    private static final int MAX_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern
            .compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private ImageLabels() {}

    static boolean isValid(String key, String value) {
        int slash = key.indexOf('/');
        return (slash < 0 || slash <= MAX_PREFIX && PREFIX.matcher(key.substring(0, slash)).matches())
                && NAME.matcher(key.substring(slash + 1)).matches()
                && (value.isEmpty() || NAME.matcher(value).matches());
    }
}
