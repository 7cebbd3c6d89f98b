/** The configuration of imports in a cluster: CDIConfig, and what of it others need. */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.config;
