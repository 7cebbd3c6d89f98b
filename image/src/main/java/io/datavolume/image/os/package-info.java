/** Native calls behind one small interface, each with a portable way where the call is missing. */
@NullMarked
package io.datavolume.image.os;

import org.jspecify.annotations.NullMarked;
