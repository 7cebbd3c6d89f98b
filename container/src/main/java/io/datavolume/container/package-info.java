/** Lays out the container image: runtime, jars, a start file and an archive of classes for each role. */
@org.jspecify.annotations.NullMarked
package io.datavolume.container;
