package io.datavolume.importer.digest;

/** A digest that is being computed. */
interface RunningDigest {

    void update(byte[] bytes, int offset, int length);

    /** State to go on from later; empty where the implementation has none. */
    byte[] state();

    byte[] finish();
}
