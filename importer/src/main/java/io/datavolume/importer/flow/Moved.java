package io.datavolume.importer.flow;

import io.datavolume.image.Format;
import java.util.List;

/**
 * What was moved into the target.
 *
 * @param format of the image
 * @param layers compressions around it, outermost first
 * @param virtualSize bytes
 * @param readTwice source bytes that an earlier run had read already and this one read again, as far as known
 */
record Moved(Format format, List<String> layers, long virtualSize, long readTwice) {}
