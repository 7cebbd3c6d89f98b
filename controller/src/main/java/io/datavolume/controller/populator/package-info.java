/**
 * Fills claims whose dataSourceRef names a VolumeImportSource: a prime claim beside the target is filled by the import
 * reconciler, then its volume is handed to the target.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.populator;
