/** Counting bytes and telling people. */
@NullMarked
package io.datavolume.importer.progress;

import org.jspecify.annotations.NullMarked;
