/**
 * The kinds of {@code cdi.kubevirt.io/v1beta1} and {@code forklift.cdi.kubevirt.io/v1beta1}. Specs and statuses are
 * records, immutable once read; a field that this release does not know is kept at every level and written back. Text
 * that is left out is empty text; where empty text means something else than none, the component is nullable.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.v1beta1;
