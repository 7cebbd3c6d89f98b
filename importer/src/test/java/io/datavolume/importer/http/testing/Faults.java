package io.datavolume.importer.http.testing;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link MisbehavingServer} does wrong; each {@code with} adds one fault.
 *
 * @param ranges whether Range is honoured
 * @param ignoreIfRange whether a range is served although If-Range does not match
 * @param head whether HEAD is answered
 * @param contentLength whether the length is stated; else the body is chunked
 * @param extraLength added to the stated length of GET bodies
 * @param cutAt bytes of a body after which the connection is cut
 * @param cuts how many bodies are cut
 * @param stallAt bytes of a body after which nothing more comes
 * @param stalls how many bodies stall
 * @param failures how many requests get {@code failureStatus}
 * @param failureStatus such as 503
 * @param retryAfter Retry-After of the failures
 * @param changeAfter GET requests after which the object is another one
 * @param validators whether ETag and Last-Modified are stated
 * @param redirects redirects before the object
 * @param redirectTo where the last redirect goes; the server itself when empty
 * @param drip pause before each {@code dripBytes}
 * @param dripBytes bytes at once; 0 for all
 * @param gzip whether the body is gzip-coded
 * @param rangeShift added to the start in Content-Range
 * @param contentType Content-Type
 * @param authorization Authorization header without which 401 is answered
 */
public record Faults(boolean ranges, boolean ignoreIfRange, boolean head, boolean contentLength, long extraLength,
        long cutAt, int cuts, long stallAt, int stalls, int failures, int failureStatus, Optional<String> retryAfter,
        int changeAfter, boolean validators, int redirects, Optional<String> redirectTo, Duration drip, int dripBytes,
        boolean gzip, long rangeShift, String contentType, Optional<String> authorization) {

    /** A server as it should be. */
    public static final Faults NONE = new Faults(true, false, true, true, 0, 0, 0, 0, 0, 0, 503, Optional.empty(),
            Integer.MAX_VALUE, true, 0, Optional.empty(), Duration.ZERO, 0, false, 0, "application/octet-stream",
            Optional.empty());

    public Faults withoutRanges() {
        return new Faults(false, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                gzip, rangeShift, contentType, authorization);
    }

    public Faults ignoringIfRange() {
        return new Faults(ranges, true, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls, failures,
                failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes, gzip,
                rangeShift, contentType, authorization);
    }

    public Faults withoutHead() {
        return new Faults(ranges, ignoreIfRange, false, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                gzip, rangeShift, contentType, authorization);
    }

    public Faults chunked() {
        return new Faults(ranges, ignoreIfRange, head, false, extraLength, cutAt, cuts, stallAt, stalls, failures,
                failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes, gzip,
                rangeShift, contentType, authorization);
    }

    public Faults withWrongLength(long more) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, more, cutAt, cuts, stallAt, stalls, failures,
                failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes, gzip,
                rangeShift, contentType, authorization);
    }

    public Faults cuttingAt(long bytes, int times) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, bytes, times, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                gzip, rangeShift, contentType, authorization);
    }

    public Faults stallingAt(long bytes, int times) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, bytes, times, failures,
                failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes, gzip,
                rangeShift, contentType, authorization);
    }

    public Faults failing(int times, int status, Optional<String> wait) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls, times,
                status, wait, changeAfter, validators, redirects, redirectTo, drip, dripBytes, gzip, rangeShift,
                contentType, authorization);
    }

    public Faults changingAfter(int requests) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, requests, validators, redirects, redirectTo, drip, dripBytes,
                gzip, rangeShift, contentType, authorization);
    }

    public Faults withoutValidators() {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, false, redirects, redirectTo, drip, dripBytes, gzip,
                rangeShift, contentType, authorization);
    }

    /** @param to where the last one goes; the server itself when empty */
    public Faults redirecting(int times, Optional<String> to) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, times, to, drip, dripBytes, gzip,
                rangeShift, contentType, authorization);
    }

    public Faults dripping(Duration pause, int bytes) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, pause, bytes,
                gzip, rangeShift, contentType, authorization);
    }

    public Faults codingGzip() {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                true, rangeShift, contentType, authorization);
    }

    public Faults shiftingRanges(long by) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                gzip, by, contentType, authorization);
    }

    public Faults withContentType(String type) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                gzip, rangeShift, type, authorization);
    }

    public Faults requiring(String value) {
        return new Faults(ranges, ignoreIfRange, head, contentLength, extraLength, cutAt, cuts, stallAt, stalls,
                failures, failureStatus, retryAfter, changeAfter, validators, redirects, redirectTo, drip, dripBytes,
                gzip, rangeShift, contentType, Optional.of(value));
    }
}
