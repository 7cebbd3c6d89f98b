/** The controller as a process of a cluster: {@code cdi-deployment}. */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.process;
