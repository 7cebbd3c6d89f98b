/** The definitions of our kinds, as they are given to an API server: {@code crd/*.yaml} beside the classes. */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.crd;
