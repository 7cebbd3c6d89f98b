/** A server that does what servers should not. */
@NullMarked
package io.datavolume.importer.http.testing;

import org.jspecify.annotations.NullMarked;
