/** The {@code cdi} command: the importer in process, without a cluster. */
@NullMarked
package io.datavolume.standalone;

import org.jspecify.annotations.NullMarked;
