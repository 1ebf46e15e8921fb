package io.attested.sms.operate.cli;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.operate.legacy.ImportTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where an import goes, opened; closing it closes store and chain. */
public interface ImportPlace extends AutoCloseable {
    /** The store. */
    ImportTarget target();

    /** Asks the chain who owns an asset at the head. */
    OwnerLookup ownerOf(Address asset);

    @Override
    void close();

    /** Opens the place that settings name. */
    interface Opening {
        /**
         * Opens it.
         *
         * @param settings as the service takes them on its command line
         * @param config a file of settings
         * @param dryRun nothing will be written: a store that is not there yet is not made
         */
        ImportPlace open(List<String> settings, Optional<Path> config, boolean dryRun) throws ImportRefused;
    }
}
