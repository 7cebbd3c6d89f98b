/** The cluster port on a real Kubernetes; {@code queue} runs reconcilers on any cluster. */
@org.jspecify.annotations.NullMarked
package io.datavolume.kubernetes;
