/**
 * What storage can do and how a claim for it looks; pure. The table of what each provisioner can do is data: the resource
 * {@code storage-profiles.yaml}.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.storage;
