package io.datavolume.operator;

import java.lang.module.ModuleDescriptor.Version;
import java.util.regex.Pattern;

/** From the version that was installed to that of this operator. */
enum VersionStep {

    /** Nothing was installed yet, or the same. */
    NONE, UPGRADE, DOWNGRADE;

    static final String REFUSAL = "operator downgraded, will not reconcile";

    /** @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a> */
    private static final Pattern SEMANTIC = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(-[0-9A-Za-z.-]+)?");

    /**
     * What follows a plus sign, and a v before the number, are of no matter; where one of the two is no semantic version,
     * any change is an upgrade.
     *
     * @param observed version that was installed; empty if none was
     */
    static VersionStep of(String observed, String target) {
        String before = plain(observed);
        String after = plain(target);
        if (observed.isEmpty() || before.equals(after)) {
            return NONE;
        }
        boolean comparable = SEMANTIC.matcher(before).matches() && SEMANTIC.matcher(after).matches();
        return comparable && Version.parse(after).compareTo(Version.parse(before)) < 0 ? DOWNGRADE : UPGRADE;
    }

    private static String plain(String version) {
        return version.replaceFirst("^v", "").replaceFirst("\\+.*$", "");
    }
}
