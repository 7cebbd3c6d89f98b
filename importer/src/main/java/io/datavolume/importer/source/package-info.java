/** What an import can read from: the Source contract, local files, standard input. */
@NullMarked
package io.datavolume.importer.source;

import org.jspecify.annotations.NullMarked;
