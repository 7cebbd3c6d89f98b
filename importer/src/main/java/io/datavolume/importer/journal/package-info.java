/** The resume journal. */
@NullMarked
package io.datavolume.importer.journal;

import org.jspecify.annotations.NullMarked;
