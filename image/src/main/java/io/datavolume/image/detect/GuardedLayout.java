package io.datavolume.image.detect;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes an exception in a format's code a refusal of the image: a check that cannot say that all is well has not been
 * passed, and the same bytes would break it at the next try, too. What the sink throws passes as it is.
 */
final class GuardedLayout implements DiskLayout {

    /** Name of the check in the message. */
    static final String CHECK = "exception";

    /** Carries what the sink threw through the format's code. */
    private static final class SinkFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SinkFailure(RuntimeException cause) {
            super(cause);
        }
    }

    private interface Step {
        void run(MappingSink sink) throws IOException;
    }

    private final DiskLayout layout;

    GuardedLayout(DiskLayout layout) {
        this.layout = layout;
    }

    @Override
    public Format format() {
        return layout.format();
    }

    @Override
    public List<ByteRange> wanted() {
        return layout.wanted();
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        guard(range.start(), sink, inner -> layout.feed(range, bytes, inner));
    }

    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        guard(fileLength, sink, inner -> layout.end(fileLength, inner));
    }

    private void guard(long offset, MappingSink sink, Step step) throws IOException {
        try {
            step.run(mapping -> {
                try {
                    sink.map(mapping);
                } catch (RuntimeException e) {
                    throw new SinkFailure(e);
                }
            });
        } catch (SinkFailure e) {
            throw (RuntimeException) e.getCause();
        } catch (RuntimeException e) {
            Violation violation = new Violation(CHECK, offset, e.toString(), "a check could not be made, so it is not"
                    + " passed; convert the image anew, and report this if it is one that other programs read");
            throw new ImageRefusedException(format().id() + " image", List.of(violation), e);
        }
    }

    @Override
    public OptionalLong virtualSize() {
        return layout.virtualSize();
    }

    @Override
    public SafetyReport checks() {
        return layout.checks();
    }

    @Override
    public boolean mayNeedLater(ByteRange range) {
        return layout.mayNeedLater(range);
    }

    @Override
    public Map<String, Object> facts() {
        return layout.facts();
    }
}
