/** HTTP and HTTPS sources on the Vert.x client. */
@NullMarked
package io.datavolume.importer.http;

import org.jspecify.annotations.NullMarked;
