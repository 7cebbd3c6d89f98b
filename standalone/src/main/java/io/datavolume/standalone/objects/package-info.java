/**
 * Objects on the command line: names of kinds, manifests as users write them, what applying them changes, tables and
 * descriptions.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.standalone.objects;
