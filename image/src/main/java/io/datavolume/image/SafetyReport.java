package io.datavolume.image;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named checks of one image with their results. A check is pending until it is passed or violated;
 * several violations are collected and thrown together by {@link #enforce}. Not thread-safe.
 */
public final class SafetyReport {

    /** Result of one check. */
    public enum Outcome {
        PENDING, PASSED, VIOLATED, WARNING
    }

    /** One line of the report; {@code detail} is empty for pending and passed checks. */
    public record Line(SafetyCheck check, Outcome outcome, String detail) {}

    private static final int MAX_VIOLATIONS = 16;

    private final String image;
    private final Map<SafetyCheck, Line> lines = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param image what is being read, for messages ("qcow2 image")
     * @param declared every check that the format makes; never empty, a format without one is a bug
     */
    public SafetyReport(String image, List<? extends SafetyCheck> declared) {
        if (declared.isEmpty()) {
            throw new IllegalArgumentException("a format must declare its safety checks: " + image);
        }
        this.image = image;
        declared.forEach(check -> lines.put(check, new Line(check, Outcome.PENDING, "")));
    }

    /**
     * Records the result of a check; the first violation of a check stays.
     *
     * @param holds whether the demand is met
     * @param offset where the value stands in the image file, or -1
     * @param value what was seen
     * @param message what is wrong; used only when the demand is not met
     * @return {@code holds}, so that a dependent check can be skipped
     */
    public boolean check(SafetyCheck check, boolean holds, long offset, Object value, String message) {
        Line line = lines.get(check);
        if (line == null) {
            throw new IllegalArgumentException("undeclared check " + check.id());
        }
        if (!holds) {
            Violation violation = new Violation(check.id(), offset, String.valueOf(value), message);
            if (violations.size() < MAX_VIOLATIONS) {
                violations.add(violation);
            }
            lines.put(check, new Line(check, Outcome.VIOLATED, violation.toString()));
        } else if (line.outcome() == Outcome.PENDING) {
            lines.put(check, new Line(check, Outcome.PASSED, ""));
        }
        return holds;
    }

    /** Reports something suspicious that is not refused. */
    public void warn(SafetyCheck check, String detail) {
        if (lines.get(check) == null) {
            throw new IllegalArgumentException("undeclared check " + check.id());
        }
        lines.put(check, new Line(check, Outcome.WARNING, detail));
    }

    /** {@link #check} and {@link #enforce} in one: for conditions without which nothing further can be read. */
    public void demand(SafetyCheck check, boolean holds, long offset, Object value, String message)
            throws ImageRefusedException {
        check(check, holds, offset, value, message);
        enforce();
    }

    /** Throws all violations found so far, if there are any. */
    public void enforce() throws ImageRefusedException {
        if (!violations.isEmpty()) {
            throw new ImageRefusedException(image, violations);
        }
    }

    public List<Line> lines() {
        return List.copyOf(lines.values());
    }
}
