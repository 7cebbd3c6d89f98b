/** End-to-end scenarios: the products seen from outside. */
@NullMarked
package io.datavolume.scenarios;

import org.jspecify.annotations.NullMarked;
