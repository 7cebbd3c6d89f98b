/** The {@code CDI} kind: what is installed for it, and what its status says. */
@org.jspecify.annotations.NullMarked
package io.datavolume.operator;
