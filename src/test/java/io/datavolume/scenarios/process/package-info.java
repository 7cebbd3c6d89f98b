/** The processes of a cluster, from outside. */
@NullMarked
package io.datavolume.scenarios.process;

import org.jspecify.annotations.NullMarked;
