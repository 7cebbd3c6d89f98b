/**
 * The reconcilers: planners are pure and decide, reconcilers are thin and read, plan and write. Each capability has a
 * package of its own.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller;
