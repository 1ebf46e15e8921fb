package io.attested.sms.iexec.web;

import io.attested.sms.chain.Address;
import java.util.Locale;
import java.util.Optional;

/**
 * Addresses where the contract (sections 0 and 1.3) lower-cases them before anything else, their prefix with them: everywhere
 * but in pushes under {@code /secrets}, whose signed hash a prefix {@code 0X} would change.
 */
final class LowerCased {
    private LowerCased() {}

    /** The address, whatever the case of its letters. */
    static Optional<Address> address(String text) {
        return Address.tryParse(text.toLowerCase(Locale.ROOT));
    }
}
