package io.attested.sms.worker.secret;

import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.Keccak256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What a secret belongs to: one of the four kinds, as iExec clients address them.
 *
 * <p>Source of paths and challenges: the HTTP interface of the iExec SMS 9.3. Addresses are sent in lower case; the service
 * ignores their case.
 */
public sealed interface SecretTarget {
    /** Path and query on the service, beginning with a slash. */
    String path();

    /** The 32 bytes the owner signs as a personal message to push {@code value}. */
    Bytes32 challenge(byte[] value);

    /**
     * The key of an encrypted dataset; pushed by the dataset's owner on chain.
     *
     * @param dataset the dataset's contract
     */
    record OfDataset(EthereumAddress dataset) implements SecretTarget {
        @Override
        public String path() {
            return "/secrets/web3?secretAddress=" + dataset;
        }

        @Override
        public Bytes32 challenge(byte[] value) {
            return Keccak256.of(
                    SecretChallenge.domain(),
                    dataset.bytes(),
                    Keccak256.of(value).bytes());
        }
    }

    /**
     * The secret of an app's developer; pushed by the app's owner on chain.
     *
     * @param app the app's contract
     */
    record OfApp(EthereumAddress app) implements SecretTarget {
        private static final String KEY = "1";

        @Override
        public String path() {
            return "/apps/" + app + "/secrets";
        }

        @Override
        public Bytes32 challenge(byte[] value) {
            return SecretChallenge.of(app, KEY, value);
        }
    }

    /**
     * A named secret of a requester; pushed by the requester.
     *
     * @param requester the account
     * @param name 1 to 64 characters from {@code 0-9 A-Z a-z - _}
     */
    record OfRequester(EthereumAddress requester, String name) implements SecretTarget {
        /** Checks the name. */
        public OfRequester {
            if (!name.matches("[0-9A-Za-z_-]{1,64}")) {
                throw new IllegalArgumentException(
                        "a requester's secret needs a name of 1 to 64 characters from 0-9 A-Z a-z - _");
            }
        }

        @Override
        public String path() {
            return "/requesters/" + requester + "/secrets/" + name;
        }

        @Override
        public Bytes32 challenge(byte[] value) {
            return SecretChallenge.of(requester, name, value);
        }
    }

    /**
     * A named secret of an account, such as a storage token; pushed by the account.
     *
     * @param owner the account
     * @param name 1 to 255 characters; the service ignores their case, the challenge does not
     */
    record OfAccount(EthereumAddress owner, String name) implements SecretTarget {
        /** Checks the name. */
        public OfAccount {
            if (name.isEmpty() || name.length() > 255) {
                throw new IllegalArgumentException("an account's secret needs a name of 1 to 255 characters");
            }
        }

        @Override
        public String path() {
            return "/secrets/web2?ownerAddress=" + owner + "&secretName="
                    + URLEncoder.encode(name, StandardCharsets.UTF_8);
        }

        @Override
        public Bytes32 challenge(byte[] value) {
            return SecretChallenge.of(owner, name, value);
        }
    }
}
