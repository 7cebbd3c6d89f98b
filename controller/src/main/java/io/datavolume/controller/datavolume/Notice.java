package io.datavolume.controller.datavolume;

/**
 * An event to tell of an object.
 *
 * @param warning whether something is wrong
 */
record Notice(boolean warning, String reason, String message) {

    static Notice normal(String reason, String message) {
        return new Notice(false, reason, message);
    }

    static Notice warning(String reason, String message) {
        return new Notice(true, reason, message);
    }
}
