package io.datavolume.image.compress;

import java.util.ArrayList;
import java.util.List;

/** Restart points in the order of their output offsets; thinned out so that they never take much memory. */
final class Marks {

    private static final int MAX = 4096;

    private final List<RestartPoint> points = new ArrayList<>();
    private long spacing;

    Marks(RestartPoint first) {
        points.add(first);
    }

    /** Decoding may run in another thread than the one that asks, hence the lock. */
    synchronized void add(RestartPoint point) {
        RestartPoint last = points.getLast();
        if (point.offset() == last.offset() && points.size() > 1) {
            points.set(points.size() - 1, point);
        } else if (point.offset() - last.offset() >= spacing) {
            points.add(point);
        }
        if (points.size() >= MAX) {
            thin();
        }
    }

    private void thin() {
        List<RestartPoint> kept = new ArrayList<>(MAX);
        for (int i = 0; i < points.size(); i += 2) {
            kept.add(points.get(i));
        }
        spacing = (kept.getLast().offset() - kept.getFirst().offset()) / kept.size();
        points.clear();
        points.addAll(kept);
    }

    /** The last point at or before {@code offset}; the first one if there is none. */
    synchronized RestartPoint before(long offset) {
        int low = 0;
        int high = points.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (points.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return points.get(low);
    }
}
