package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.failure.TransferException;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a failed request means: try again, or the user must act. */
public final class HttpFailures {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int CAUSES = 16;
    private static final Pattern PROXY_STATUS = Pattern.compile("status: (401|403|407)\\b");

    private HttpFailures() {}

    /**
     * A status that is not the wanted one. The text holds {@code expected status code 200, got N. Status: S}.
     *
     * @param action what was tried, {@code Tried to read http://host/path}
     */
    public static TransferException status(String action, HttpExchange exchange) {
        int status = exchange.status();
        String text = action + " but failed: expected status code 200, got " + status + ". Status: "
                + printable(exchange.statusLine());
        return switch (status) {
            case 401, 403 -> new NeedsUserException(Reason.ACCESS_DENIED,
                    text + "; check user, password and extra headers");
            case 407 -> new NeedsUserException(Reason.ACCESS_DENIED, text + "; check the proxy's user and password");
            case 408, 429 -> retryable(text, exchange);
            default -> status >= 500
                    ? retryable(text, exchange)
                    : new NeedsUserException(Reason.NOT_FOUND, text + "; check the URL");
        };
    }

    /** A request that got no answer, or whose answer broke off. An interrupt stays what it is. */
    public static IOException broken(String action, IOException cause) {
        if (cause instanceof TransferException || cause instanceof ClosedByInterruptException
                || cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException)) {
            return cause;
        }
        Optional<String> refusal = proxyRefusal(cause);
        if (refusal.isPresent()) {
            return new NeedsUserException(Reason.ACCESS_DENIED,
                    action + " but the proxy did not let it through: status "
                            + refusal.get() + "; check user and password in the proxy's URL, and what the proxy allows",
                    cause);
        }
        SSLException tls = untrusted(cause);
        if (tls != null) {
            return new NeedsUserException(Reason.ACCESS_DENIED,
                    action + " but the TLS handshake failed: " + (tls instanceof NotSslRecordException
                            ? "the server does not speak TLS on this port; name it with http:// if that is meant, or give"
                                    + " --insecure for a registry without TLS"
                            : text(innermost(tls)) + "; to trust a private authority give its certificate with --ca"),
                    cause);
        }
        return new RetryableException(action + " but failed: " + text(cause), cause);
    }

    /** Wait that a server asks for (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, 10.2.3</a>), at most 5 minutes. */
    static Optional<Duration> retryAfter(HttpHeaders headers, Clock clock) {
        return retryAfter(headers.first("Retry-After").orElse("").strip(), clock);
    }

    /** The same of the header's value; empty for none. */
    public static Optional<Duration> retryAfter(String text, Clock clock) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong seconds = HttpHeaders.number(text);
        if (seconds.isPresent()) {
            return Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_WAIT.toSeconds())));
        }
        try {
            Duration wait = Duration.between(clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(wait.isNegative()
                    ? Duration.ZERO
                    : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static IOException asIo(Throwable cause) {
        return switch (cause) {
            case IOException io -> io;
            default -> new IOException(text(cause), cause);
        };
    }

    /** What a cause says, or its kind where it says nothing. */
    static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : printable(message);
    }

    private static RetryableException retryable(String text, HttpExchange exchange) {
        return new RetryableException(text, null,
                retryAfter(exchange.headers(), Clock.systemUTC()).orElse(null));
    }

    private static @Nullable SSLException untrusted(Throwable failure) {
        SSLException found = null;
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof CertificateException e) {
                return found == null ? new SSLException(e) : found;
            }
            if (cause instanceof SslHandshakeTimeoutException) {
                return null;
            }
            if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException
                    || cause instanceof NotSslRecordException) {
                found = (SSLException) cause;
            }
        }
        return found;
    }

    /** Says most: the engines wrap what a certificate's check says. */
    private static Throwable innermost(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; i < CAUSES && at.getCause() instanceof Throwable cause; i++) {
            at = cause;
        }
        return at;
    }

    /** The status by which a proxy refuses a tunnel; Netty has it in its text only. */
    private static Optional<String> proxyRefusal(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof HttpProxyConnectException) {
                Matcher status = PROXY_STATUS.matcher(String.valueOf(cause.getMessage()));
                return status.find() ? Optional.of(status.group(1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A server's text goes to terminals and logs. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return clean.toString();
    }

    static String reading(URI uri) {
        return "Tried to read " + DisplayUrl.of(uri);
    }
}
