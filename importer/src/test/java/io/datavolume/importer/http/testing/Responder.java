package io.datavolume.importer.http.testing;

import io.datavolume.importer.http.testing.MisbehavingServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Answers requests, with the faults. */
final class Responder {

    private final byte[] content;
    private final Faults faults;
    private final AtomicLong served = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger stalls = new AtomicInteger();

    Responder(byte[] content, Faults faults) throws IOException {
        this.content = faults.gzip ? gzip(content) : content;
        this.faults = faults;
    }

    AtomicLong served() {
        return served;
    }

    /** @return whether the connection can go on */
    boolean answer(Request request, Socket socket) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        boolean head = request.method().equals("HEAD");
        int number = failures.getAndIncrement();
        if (number % 4 < faults.failuresOfFour) {
            return brief(out, "503 Overloaded", "");
        }
        if (number < faults.failures) {
            return brief(out, faults.failureStatus + " Failed",
                    faults.retryAfter.map(wait -> "Retry-After: " + wait + "\r\n").orElse(""));
        }
        if (faults.authorization.isPresent()
                && !faults.authorization.get().equals(request.headers().get("authorization"))) {
            return brief(out, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n");
        }
        int hop = hop(request.target());
        if (hop < faults.redirects) {
            String next = hop + 1 == faults.redirects && faults.redirectTo.isPresent()
                    ? faults.redirectTo.get()
                    : "/hop" + (hop + 1);
            return brief(out, "302 Found", "Location: " + next + "\r\n");
        }
        if (head && !faults.head) {
            return brief(out, "405 Method Not Allowed", "");
        }
        return object(request, head, out);
    }

    private boolean object(Request request, boolean head, OutputStream out) throws IOException, InterruptedException {
        boolean changed = (head ? gets.get() : gets.getAndIncrement()) >= faults.changeAfter;
        byte[] bytes = changed ? inverted() : content;
        String tag = changed ? "\"second\"" : "\"first\"";
        long start = 0;
        long end = bytes.length;
        Optional<long[]> range = range(request, bytes.length, tag);
        if (range.isPresent()) {
            start = range.get()[0];
            end = range.get()[1];
        }
        if (start >= end && range.isPresent()) {
            return brief(out, "416 Range Not Satisfiable", "Content-Range: bytes */" + bytes.length + "\r\n");
        }
        StringBuilder headers = new StringBuilder();
        headers.append("HTTP/1.1 ").append(range.isPresent() ? "206 Partial Content" : "200 OK").append("\r\n");
        headers.append("Content-Type: ").append(faults.contentType).append("\r\n");
        if (faults.validators) {
            headers.append("ETag: ").append(tag).append("\r\nLast-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r\n");
        }
        if (faults.statesRanges) {
            headers.append("Accept-Ranges: bytes\r\n");
        }
        if (faults.gzip) {
            headers.append("Content-Encoding: gzip\r\n");
        }
        if (range.isPresent()) {
            headers.append("Content-Range: bytes ").append(start + faults.rangeShift).append('-')
                    .append(end - 1 + faults.rangeShift).append('/').append(bytes.length).append("\r\n");
        }
        if (faults.contentLength) {
            headers.append("Content-Length: ")
                    .append(head && !faults.headLength ? 0 : end - start + (head ? 0 : faults.extraLength))
                    .append("\r\n");
        } else {
            headers.append("Transfer-Encoding: chunked\r\n");
        }
        out.write(headers.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        boolean probe = "bytes=0-0".equals(request.headers().get("range"));
        if (probe && range.isEmpty()) {
            return false; // What a client reads of a body that it did not want is of no interest.
        }
        return head || body(out, bytes, (int) start, (int) end);
    }

    private boolean body(OutputStream out, byte[] bytes, int start, int end) throws IOException, InterruptedException {
        int length = end - start;
        boolean cut = length > faults.cutAt && cuts.getAndIncrement() < faults.cuts;
        boolean stall = !cut && length > faults.stallAt && stalls.getAndIncrement() < faults.stalls;
        int stop = cut ? start + (int) faults.cutAt : stall ? start + (int) faults.stallAt : end;
        int step = faults.step;
        for (int at = start; at < stop; at += step) {
            int count = Math.min(step, stop - at);
            if (!faults.drip.isZero()) {
                Thread.sleep(faults.drip);
            }
            if (!faults.contentLength) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(bytes, at, count);
            if (!faults.contentLength) {
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            out.flush();
            served.addAndGet(count);
        }
        if (stall) {
            Thread.sleep(60_000);
        }
        if (!cut && !faults.contentLength) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return !cut && faults.extraLength == 0;
    }

    /** Start and end of the part to serve; the end is exclusive. */
    private Optional<long[]> range(Request request, int length, String tag) {
        String range = request.headers().get("range");
        String condition = request.headers().get("if-range");
        if (range == null || !faults.servesRanges
                || condition != null && condition.startsWith("\"") && !condition.equals(tag)
                        && !faults.ignoresIfRange) {
            return Optional.empty();
        }
        String[] numbers = range.substring("bytes=".length()).split("-", 2);
        long start = Long.parseLong(numbers[0]);
        long end = numbers[1].isEmpty() ? length : Math.min(length, Long.parseLong(numbers[1]) + 1);
        return Optional.of(new long[]{start, end});
    }

    private static boolean brief(OutputStream out, String status, String headers) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return true;
    }

    private static int hop(String target) {
        int at = target.indexOf("/hop");
        return at < 0 ? 0 : Integer.parseInt(target.substring(at + 4));
    }

    private byte[] inverted() {
        byte[] other = Arrays.copyOf(content, content.length);
        for (int i = 0; i < other.length; i++) {
            other[i] ^= (byte) 0xff;
        }
        return other;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
