/** One transfer as a process: TransferSpec in, progress lines and a TransferResult out. */
@NullMarked
package io.datavolume.importer.worker;

import org.jspecify.annotations.NullMarked;
