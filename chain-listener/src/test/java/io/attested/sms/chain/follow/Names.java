package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.web3j.crypto.Hash;

/** Addresses and words by name. */
final class Names {
    static final Address HUB = address("hub");
    static final Address APPS = address("app registry");
    static final Address DATASETS = address("dataset registry");

    private Names() {}

    static Address address(String name) {
        return Address.of(Arrays.copyOf(word(name).bytes(), Address.LENGTH));
    }

    static Bytes32 word(String name) {
        return Bytes32.of(Hash.sha3(name.getBytes(StandardCharsets.UTF_8)));
    }

    static Bytes32 topic(Address address) {
        return Bytes32.of(ByteBuffer.allocate(Bytes32.LENGTH)
                .position(Bytes32.LENGTH - Address.LENGTH)
                .put(address.bytes())
                .array());
    }
}
