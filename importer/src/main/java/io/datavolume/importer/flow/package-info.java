/** The flow of one import: source, decompression, decoder, volume; verified before it counts. */
@NullMarked
package io.datavolume.importer.flow;

import org.jspecify.annotations.NullMarked;
