/**
 * Scratch space: when it is needed, how large it is, and which storage class it is from. Only an image that cannot be
 * decoded in one pass within the room that there is needs any.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.scratch;
