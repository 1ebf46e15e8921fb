package io.attested.sms.operate.admin;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.keyring.BackupDamaged;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The whole content of a store as one stream, and the way back. */
public interface StoreImage {
    /**
     * Writes everything that is durable now, as of one instant, while the service goes on.
     *
     * @param root what the backup is sealed under; stays the caller's
     * @return what was written, for the backup's header
     * @throws io.attested.sms.keyring.RootKeyRefused when {@code root} does not open this store: such a backup could be
     *     restored nowhere
     */
    Contents write(OutputStream out, SecretBytes root) throws IOException;

    /** Opens the same backup again, from its beginning. */
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Reads a backup to its end, believes nothing of it before, and finds out what restoring it would mean.
     *
     * @param root opens the backup's keys; stays the caller's
     * @throws BackupDamaged when it is not whole, not authentic, or contradicts itself
     * @throws RestoreRefused when it is of another store
     */
    Verified verify(Source source, SecretBytes root) throws IOException, RestoreRefused;

    /** A backup that may be restored. */
    interface Verified extends AutoCloseable {
        /** Whether it takes the place of the store, after which only a new start brings the service back. */
        boolean replacesTheStore();

        /**
         * Restores, in one transaction: all or nothing, durable when this returns.
         *
         * @return for the operator: what was brought back
         */
        String apply() throws IOException;

        /** Wipes the backup's keys. */
        @Override
        void close();
    }
}
