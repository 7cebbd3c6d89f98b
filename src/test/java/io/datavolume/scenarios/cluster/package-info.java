/** What every cluster must do alike, and the real one for it. */
@NullMarked
package io.datavolume.scenarios.cluster;

import org.jspecify.annotations.NullMarked;
