/**
 * The data plane: sources, the flow, the resume journal, progress, and the worker that runs one
 * {@code TransferSpec}. No Kubernetes here.
 */
@NullMarked
package io.datavolume.importer;

import org.jspecify.annotations.NullMarked;
