package io.datavolume.importer.digest;

import io.datavolume.image.os.Libcrypto;

/** libcrypto's digest: fast and resumable. */
record NativeDigest(Libcrypto digest) implements RunningDigest {

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public byte[] state() {
        return ResumableDigest.marked(ResumableDigest.NATIVE, digest.state());
    }

    @Override
    public byte[] finish() {
        return digest.finish();
    }
}
