package io.datavolume.importer.http.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What a {@link MisbehavingServer} does wrong. Immutable: each method adds one fault to a copy. */
public final class Faults {

    /** A server as it should be. */
    public static final Faults NONE = new Faults();

    boolean statesRanges = true;
    boolean servesRanges = true;
    boolean headLength = true;
    boolean ignoresIfRange;
    boolean head = true;
    boolean contentLength = true;
    long extraLength;
    long cutAt;
    int cuts;
    long stallAt;
    int stalls;
    int failures;
    int failuresOfFour;
    int failureStatus = 503;
    Optional<String> retryAfter = Optional.empty();
    int changeAfter = Integer.MAX_VALUE;
    boolean validators = true;
    int redirects;
    Optional<String> redirectTo = Optional.empty();
    Duration drip = Duration.ZERO;
    int step = 16 << 10;
    boolean gzip;
    long rangeShift;
    String contentType = "application/octet-stream";
    Optional<String> authorization = Optional.empty();

    private Faults() {}

    private Faults with(Consumer<Faults> fault) {
        Faults copy = new Faults();
        copy.statesRanges = statesRanges;
        copy.servesRanges = servesRanges;
        copy.headLength = headLength;
        copy.ignoresIfRange = ignoresIfRange;
        copy.head = head;
        copy.contentLength = contentLength;
        copy.extraLength = extraLength;
        copy.cutAt = cutAt;
        copy.cuts = cuts;
        copy.stallAt = stallAt;
        copy.stalls = stalls;
        copy.failures = failures;
        copy.failuresOfFour = failuresOfFour;
        copy.failureStatus = failureStatus;
        copy.retryAfter = retryAfter;
        copy.changeAfter = changeAfter;
        copy.validators = validators;
        copy.redirects = redirects;
        copy.redirectTo = redirectTo;
        copy.drip = drip;
        copy.step = step;
        copy.gzip = gzip;
        copy.rangeShift = rangeShift;
        copy.contentType = contentType;
        copy.authorization = authorization;
        fault.accept(copy);
        return copy;
    }

    /** Range is ignored, and not promised. */
    public Faults withoutRanges() {
        return with(f -> f.servesRanges = f.statesRanges = false);
    }

    /** Range is served, but HEAD does not say so. */
    public Faults servingRangesSecretly() {
        return with(f -> f.statesRanges = false);
    }

    /** HEAD states a length of 0. */
    public Faults withEmptyHead() {
        return with(f -> f.headLength = false);
    }

    /** Range is promised and answered with 200. */
    public Faults ignoringRanges() {
        return with(f -> f.servesRanges = false);
    }

    /** A range is served although If-Range does not match. */
    public Faults ignoringIfRange() {
        return with(f -> f.ignoresIfRange = true);
    }

    public Faults withoutHead() {
        return with(f -> f.head = false);
    }

    /** The length is not stated. */
    public Faults chunked() {
        return with(f -> f.contentLength = false);
    }

    /** @param more bytes that GET promises and does not send */
    public Faults withWrongLength(long more) {
        return with(f -> f.extraLength = more);
    }

    /** Cuts the connection after so many bytes of a body. */
    public Faults cuttingAt(long bytes, int times) {
        return with(f -> {
            f.cutAt = bytes;
            f.cuts = times;
        });
    }

    /** Sends nothing more after so many bytes of a body. */
    public Faults stallingAt(long bytes, int times) {
        return with(f -> {
            f.stallAt = bytes;
            f.stalls = times;
        });
    }

    /** Answers the first requests with a status, and Retry-After if given. */
    public Faults failing(int times, int status, Optional<String> wait) {
        return with(f -> {
            f.failures = times;
            f.failureStatus = status;
            f.retryAfter = wait;
        });
    }

    /** Answers so many of every four requests with 503, as an overloaded server does. */
    public Faults failingOfFour(int times) {
        return with(f -> f.failuresOfFour = times);
    }

    /** Serves another object after so many GET requests. */
    public Faults changingAfter(int requests) {
        return with(f -> f.changeAfter = requests);
    }

    /** States neither ETag nor Last-Modified. */
    public Faults withoutValidators() {
        return with(f -> f.validators = false);
    }

    /** @param to where the last redirect goes; the server itself when empty */
    public Faults redirecting(int times, Optional<String> to) {
        return with(f -> {
            f.redirects = times;
            f.redirectTo = to;
        });
    }

    /** Pauses before every few bytes. */
    public Faults dripping(Duration pause, int bytes) {
        return with(f -> {
            f.drip = pause;
            f.step = bytes;
        });
    }

    /** Codes the body although identity was asked for. */
    public Faults codingGzip() {
        return with(f -> f.gzip = true);
    }

    /** Lies in Content-Range. */
    public Faults shiftingRanges(long by) {
        return with(f -> f.rangeShift = by);
    }

    public Faults withContentType(String type) {
        return with(f -> f.contentType = type);
    }

    /** Answers 401 without this Authorization. */
    public Faults requiring(String value) {
        return with(f -> f.authorization = Optional.of(value));
    }
}
