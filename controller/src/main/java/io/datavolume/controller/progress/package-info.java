/** How far workers are: from their output to the claims that they fill, bounded in size, rate and writes. */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.progress;
