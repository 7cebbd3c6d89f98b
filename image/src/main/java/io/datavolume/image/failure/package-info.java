/** What can go wrong with a transfer, classified where it happens: try again, the user must act, or scratch space is needed. */
@NullMarked
package io.datavolume.image.failure;

import org.jspecify.annotations.NullMarked;
