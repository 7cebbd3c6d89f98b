/** Checksums of the source bytes, computed as they flow, with a state that survives a crash. */
@NullMarked
package io.datavolume.importer.digest;

import org.jspecify.annotations.NullMarked;
